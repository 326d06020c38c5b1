import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { clear } from '../../../storage/records.ts';
import { holders } from '../domain/elastic-ips/holders.ts';
import { namedElasticIp } from '../domain/elastic-ips/named.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Refused while anything has the address. */
export const releaseAddress = operation(model.ReleaseAddress, {
  recorded: isOnlyRecorded,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource('ReleaseAddress', kinds.elasticIp, input.AllocationId, caller),
  async handle(input, scope) {
    const { caller, instances, networks } = scope;
    await networks.change(caller, async (draft) => {
      const { AllocationId, PublicIp } = await namedElasticIp(draft, input);
      if ((await holders(scope)).has(AllocationId)) throw errors.addressInUse(PublicIp);
      draft.remove('elastic-ip', AllocationId);
      draft.write(clear(instances.addresses.publicAt(PublicIp)));
    });
    return {};
  },
});
