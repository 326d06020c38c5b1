import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { readHosts } from '../domain/hosts/request.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { tagsOfNew } from '../domain/tags.ts';
import type { Ec2Scope } from '../scope.ts';

/** Hosts are in the books only: their instances are on this machine like all others. */
export const allocateHosts = operation(model.AllocateHosts, {
  recorded: true,
  authorize: (_, { caller }: Ec2Scope) =>
    onResource('AllocateHosts', kinds.dedicatedHost, undefined, caller),
  async handle(input, { caller, ids, clock, hosts }) {
    const { quantity, host } = readHosts(input, caller.region, clock.now());
    const tags = tagsOfNew(caller, kinds.dedicatedHost, input.TagSpecifications);
    const fresh = Array.from({ length: quantity }, () => ({ ...host, id: ids.resource('h') }));
    const made = await hosts.create(caller, input, fresh, tags);
    return { HostIds: made.map(({ id }) => id) };
  },
});
