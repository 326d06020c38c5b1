import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { drawDefaultNetwork } from '../domain/network/default-network.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as networkErrors from '../network-errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Makes a region's default network again where its VPC was deleted. */
export const createDefaultVpc = operation(model.CreateDefaultVpc, {
  recorded: isOnlyRecorded,
  authorize: (_, { caller }: Ec2Scope) =>
    onResource('CreateDefaultVpc', kinds.vpc, undefined, caller),
  async handle(_, { caller, ids, networks }) {
    const vpc = await networks.change(caller, async (draft) => {
      const vpcs = await draft.list('vpc');
      if (vpcs.some((each) => each.IsDefault)) throw networkErrors.defaultVpcExists();
      return drawDefaultNetwork({ draft, place: caller, ids });
    });
    return { Vpc: { ...vpc, State: 'pending' as const, Tags: [] } };
  },
});
