import type { VpcPeeringConnection } from '@aws-sdk/client-ec2';
import { resourceType, type ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { ResourceModels } from '../../../models/generated/resource-types.ts';
import { taggedResource } from './tagged-resource.ts';

type Desired = ResourceModels['AWS::EC2::VPCPeeringConnection'];

/** What it stays for a while when it is over. */
const OVER: readonly (string | undefined)[] = [
  'deleted',
  'deleting',
  'expired',
  'failed',
  'rejected',
];

export const vpcPeeringConnection = resourceType('AWS::EC2::VPCPeeringConnection', {
  properties: ['PeerOwnerId', 'PeerRegion', 'PeerVpcId', 'Tags', 'VpcId'],
  ...taggedResource<Desired, VpcPeeringConnection>({
    kind: 'vpc-peering-connection',
    notFound: 'InvalidVpcPeeringConnectionID.NotFound',
    async make({ PeerOwnerId, PeerRegion, PeerVpcId, VpcId }, TagSpecifications, { invoke }) {
      const request = { PeerOwnerId, PeerRegion, PeerVpcId, VpcId, TagSpecifications };
      const made = await invoke(model.CreateVpcPeeringConnection, request);
      return made.VpcPeeringConnection?.VpcPeeringConnectionId;
    },
    describe,
    idOf: ({ VpcPeeringConnectionId }) => VpcPeeringConnectionId,
    show: ({ VpcPeeringConnectionId, RequesterVpcInfo: own, AccepterVpcInfo: peer }) => ({
      ...{ Id: VpcPeeringConnectionId!, VpcId: own!.VpcId!, PeerVpcId: peer!.VpcId! },
      ...{ PeerOwnerId: peer!.OwnerId!, PeerRegion: peer!.Region! },
    }),
    remove: (VpcPeeringConnectionId, { invoke }) =>
      invoke(model.DeleteVpcPeeringConnection, { VpcPeeringConnectionId }),
  }),

  /** Both VPCs are of one account, which accepts what it has asked for itself. */
  async stabilize(id, context) {
    const [found] = await describe([id], context);
    if (found?.Status?.Code !== 'pending-acceptance') return;
    const request = { VpcPeeringConnectionId: id };
    await context.invoke(model.AcceptVpcPeeringConnection, request);
  },
});

async function describe(
  VpcPeeringConnectionIds: string[],
  { invoke }: ResourceContext,
): Promise<VpcPeeringConnection[]> {
  const request = { VpcPeeringConnectionIds };
  const { VpcPeeringConnections = [] } = await invoke(model.DescribeVpcPeeringConnections, request);
  return VpcPeeringConnections.filter(({ Status }) => !OVER.includes(Status?.Code));
}
