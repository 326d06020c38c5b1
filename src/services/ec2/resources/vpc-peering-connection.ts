import { resourceType, type ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import { createOnce } from './creation.ts';
import { unless } from './refusals.ts';
import { shownTags, updateTags } from './tags.ts';

const NOT_FOUND = 'InvalidVpcPeeringConnectionID.NotFound';
const GONE: readonly (string | undefined)[] = [
  'deleted',
  'deleting',
  'expired',
  'failed',
  'rejected',
];

export const vpcPeeringConnection = resourceType('AWS::EC2::VPCPeeringConnection', {
  properties: ['PeerOwnerId', 'PeerRegion', 'PeerVpcId', 'Tags', 'VpcId'],

  create: ({ Tags, ...desired }, context) =>
    createOnce('vpc-peering-connection', Tags, context, async (TagSpecifications) => {
      const { VpcPeeringConnection } = await context.invoke(model.CreateVpcPeeringConnection, {
        ...{ ...desired, TagSpecifications },
      });
      return VpcPeeringConnection!.VpcPeeringConnectionId!;
    }),

  /** Both VPCs are of one account, which accepts what it has asked for itself. */
  async stabilize(id, context) {
    const found = await describe(id, context);
    if (found?.Status?.Code !== 'pending-acceptance') return;
    const request = { VpcPeeringConnectionId: id };
    await context.invoke(model.AcceptVpcPeeringConnection, request);
  },

  async read(id, context) {
    const found = await describe(id, context);
    if (!found || GONE.includes(found.Status?.Code)) return undefined;
    const { RequesterVpcInfo, AccepterVpcInfo } = found;
    const Tags = shownTags(found.Tags);
    return {
      ...{ Id: id, VpcId: RequesterVpcInfo!.VpcId!, PeerVpcId: AccepterVpcInfo!.VpcId! },
      ...{ PeerOwnerId: AccepterVpcInfo!.OwnerId!, PeerRegion: AccepterVpcInfo!.Region! },
      ...(Tags && { Tags }),
    };
  },

  update: (id, desired, _, context) => updateTags(id, desired.Tags, context),

  async delete(id, context) {
    const found = await describe(id, context);
    if (!found || GONE.includes(found.Status?.Code)) return;
    await context.invoke(model.DeleteVpcPeeringConnection, { VpcPeeringConnectionId: id });
  },

  async list({ invoke }) {
    const { VpcPeeringConnections = [] } = await invoke(model.DescribeVpcPeeringConnections, {});
    return VpcPeeringConnections.filter(({ Status }) => !GONE.includes(Status?.Code)).map(
      (each) => each.VpcPeeringConnectionId!,
    );
  },
});

async function describe(id: string, { invoke }: ResourceContext) {
  const answer = invoke(model.DescribeVpcPeeringConnections, { VpcPeeringConnectionIds: [id] });
  return (await unless(NOT_FOUND, answer))?.VpcPeeringConnections?.[0];
}
