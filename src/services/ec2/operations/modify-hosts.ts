import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import * as capacityErrors from '../capacity-errors.ts';
import { eachHost } from '../domain/hosts/each.ts';
import { occupants } from '../domain/hosts/host.ts';
import { readHostChange } from '../domain/hosts/request.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import type { Ec2Scope } from '../scope.ts';

/** What a host carries changes only while it carries nothing. */
export const modifyHosts = operation(model.ModifyHosts, {
  recorded: true,
  authorize: (input, { caller }: Ec2Scope) =>
    (input.HostIds ?? []).map((id) => onResource('ModifyHosts', kinds.dedicatedHost, id, caller)),
  async handle(input, { caller, hosts, instances }) {
    const change = readHostChange(input);
    return eachHost(input.HostIds, async (id) => {
      const looked = await hosts.find(caller, id);
      const isOccupied = occupants(looked, await instances.list(caller)).length > 0;
      await hosts.update(caller, id, (now) => {
        if (now.releasedAtMs !== undefined) throw capacityErrors.hostState(id, 'released');
        // A launch that joined it after the look occupies it.
        if (change.carries && (isOccupied || now.revision !== looked.revision)) {
          throw capacityErrors.hostConfiguration(id, 'has instances');
        }
        return { ...now, ...change, revision: (now.revision ?? 0) + 1 };
      });
    });
  },
});
