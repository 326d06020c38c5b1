import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { oneOf } from '../domain/launch/settings.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** AWS changes it to `default` only, which is what every VPC has here. */
export const modifyVpcTenancy = operation(model.ModifyVpcTenancy, {
  recorded: true,
  authorize: ({ VpcId }, { caller }: Ec2Scope) =>
    onResource('ModifyVpcTenancy', kinds.vpc, VpcId, caller),
  async handle({ VpcId, InstanceTenancy }, { caller, networks }) {
    if (!VpcId) throw errors.missingParameter('vpcId');
    if (!InstanceTenancy) throw errors.missingParameter('instanceTenancy');
    const tenancy = oneOf(['default'], InstanceTenancy, 'instanceTenancy');
    await networks.change(caller, async (draft) => {
      const vpc = await draft.find('vpc', VpcId);
      draft.put('vpc', { ...vpc, InstanceTenancy: tenancy });
    });
    return { ReturnValue: true };
  },
});
