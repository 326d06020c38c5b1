import type { NatGateway as Described } from '@aws-sdk/client-ec2';
import { resourceType, type ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import * as networkErrors from '../network-errors.ts';
import { unless } from './refusals.ts';
import { shownTags, specification, updateTags } from './tags.ts';

const NOT_FOUND = 'NatGatewayNotFound';

export const natGateway = resourceType('AWS::EC2::NatGateway', {
  properties: ['AllocationId', 'ConnectivityType', 'PrivateIpAddress', 'SubnetId', 'Tags'],

  async create(desired, context) {
    const { AllocationId, PrivateIpAddress, SubnetId } = desired;
    const { NatGateway } = await context.invoke(model.CreateNatGateway, {
      ...{ AllocationId, PrivateIpAddress, SubnetId, ClientToken: context.token },
      ConnectivityType: desired.ConnectivityType as 'public' | 'private' | undefined,
      TagSpecifications: [specification('natgateway', desired.Tags, context)],
    });
    return NatGateway!.NatGatewayId!;
  },

  stabilize: (id, context) =>
    context.until(async () => {
      const found = await describe(id, context);
      if (!found || found.State === 'failed') {
        throw networkErrors.natGatewayLost(id, found?.FailureMessage ?? 'It does not exist.');
      }
      return found.State === 'available';
    }),

  async read(id, context) {
    const found = await describe(id, context);
    const [address] = found?.NatGatewayAddresses ?? [];
    if (!found || !address || isGone(found)) return undefined;
    const Tags = shownTags(found.Tags);
    return {
      NatGatewayId: id,
      SubnetId: found.SubnetId!,
      VpcId: found.VpcId!,
      ConnectivityType: found.ConnectivityType!,
      PrivateIpAddress: address.PrivateIp!,
      EniId: address.NetworkInterfaceId!,
      ...(address.AllocationId && { AllocationId: address.AllocationId }),
      ...(Tags && { Tags }),
    };
  },

  update: (id, desired, _, context) => updateTags(id, desired.Tags, context),

  async delete(id, context) {
    await unless(NOT_FOUND, context.invoke(model.DeleteNatGateway, { NatGatewayId: id }));
    await context.until(async () => {
      const found = await describe(id, context);
      return !found || isGone(found);
    });
  },

  async list({ invoke }) {
    const { NatGateways = [] } = await invoke(model.DescribeNatGateways, {});
    return NatGateways.filter((each) => !isGone(each)).map(({ NatGatewayId }) => NatGatewayId!);
  },
});

function isGone({ State }: Described): boolean {
  return State === 'deleted' || State === 'failed';
}

async function describe(id: string, { invoke }: ResourceContext): Promise<Described | undefined> {
  const answer = invoke(model.DescribeNatGateways, { NatGatewayIds: [id] });
  return (await unless(NOT_FOUND, answer))?.NatGateways?.[0];
}
