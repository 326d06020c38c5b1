import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { checkIds, kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';
import { realizeNetwork } from '../domain/data-plane/carried.ts';

export const describeVpcAttribute = operation(model.DescribeVpcAttribute, {
  async handle(input, scope: Ec2Scope) {
    realizeNetwork(scope);
    if (!input.VpcId) throw errors.missingParameter('vpcId');
    checkIds(kinds.vpc, [input.VpcId]);
    const vpc = await scope.networks.get('vpc', scope.caller, input.VpcId);
    if (!vpc) throw kinds.vpc.notFound([input.VpcId]);
    const { VpcId } = vpc;
    switch (input.Attribute) {
      case 'enableDnsSupport':
        return { VpcId, EnableDnsSupport: { Value: vpc.EnableDnsSupport } };
      case 'enableDnsHostnames':
        return { VpcId, EnableDnsHostnames: { Value: vpc.EnableDnsHostnames } };
      case 'enableNetworkAddressUsageMetrics':
        return {
          VpcId,
          EnableNetworkAddressUsageMetrics: { Value: vpc.EnableNetworkAddressUsageMetrics },
        };
      case undefined:
        throw errors.missingParameter('attribute');
      default:
        throw errors.invalidValue(input.Attribute, 'attribute', 'Unknown attribute.');
    }
  },
});
