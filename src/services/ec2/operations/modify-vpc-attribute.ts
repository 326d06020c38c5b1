import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { oneAttribute } from '../domain/network/one-attribute.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

const ATTRIBUTES = [
  'EnableDnsHostnames',
  'EnableDnsSupport',
  'EnableNetworkAddressUsageMetrics',
] as const;

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyVpcAttribute.html */
export const modifyVpcAttribute = operation(model.ModifyVpcAttribute, {
  recorded: isOnlyRecorded,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource('ModifyVpcAttribute', kinds.vpc, input.VpcId, caller),
  async handle(input, { caller, networks }) {
    if (!input.VpcId) throw errors.missingParameter('vpcId');
    const { VpcId } = input;
    const name = oneAttribute(input, ATTRIBUTES);
    const value = input[name]?.Value;
    if (value === undefined) throw errors.missingParameter(`${name}.Value`);
    await networks.change(caller, async (draft) => {
      const vpc = await draft.find('vpc', VpcId);
      if (name === 'EnableDnsHostnames' && value && !vpc.EnableDnsSupport) {
        throw errors.invalidParameter(
          'You can only enable DNS hostnames if you have enabled DNS support.',
        );
      }
      draft.put('vpc', { ...vpc, [name]: value });
    });
    return {};
  },
});
