import type { Ec2InstanceConnectEndpoint } from '@aws-sdk/client-ec2';
import { resourceType } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { ResourceModels } from '../../../models/generated/resource-types.ts';
import { taggedResource } from './tagged-resource.ts';

type Desired = ResourceModels['AWS::EC2::InstanceConnectEndpoint'];

export const instanceConnectEndpoint = resourceType('AWS::EC2::InstanceConnectEndpoint', {
  properties: ['PreserveClientIp', 'SecurityGroupIds', 'SubnetId', 'Tags'],
  ...taggedResource<Desired, Ec2InstanceConnectEndpoint>({
    kind: 'instance-connect-endpoint',
    notFound: 'InvalidInstanceConnectEndpointId.NotFound',
    async make({ PreserveClientIp, SecurityGroupIds, SubnetId }, TagSpecifications, { invoke }) {
      const made = await invoke(model.CreateInstanceConnectEndpoint, {
        ...{ PreserveClientIp, SubnetId, TagSpecifications },
        SecurityGroupIds: SecurityGroupIds && [...SecurityGroupIds],
      });
      return made.InstanceConnectEndpoint?.InstanceConnectEndpointId;
    },
    async describe(InstanceConnectEndpointIds, { invoke }) {
      const request = { InstanceConnectEndpointIds };
      const answer = await invoke(model.DescribeInstanceConnectEndpoints, request);
      return answer.InstanceConnectEndpoints;
    },
    idOf: ({ InstanceConnectEndpointId }) => InstanceConnectEndpointId,
    show: (found) => ({
      Id: found.InstanceConnectEndpointId!,
      ...{ SubnetId: found.SubnetId!, VpcId: found.VpcId!, OwnerId: found.OwnerId! },
      ...{
        AvailabilityZone: found.AvailabilityZone!,
        AvailabilityZoneId: found.AvailabilityZoneId!,
      },
      CreatedAt: found.CreatedAt!.toISOString(),
      InstanceConnectEndpointArn: found.InstanceConnectEndpointArn!,
      NetworkInterfaceIds: found.NetworkInterfaceIds!,
      PreserveClientIp: found.PreserveClientIp!,
      SecurityGroupIds: found.SecurityGroupIds!,
      State: found.State as 'create-complete',
      StateMessage: found.StateMessage!,
    }),
    remove: (InstanceConnectEndpointId, { invoke }) =>
      invoke(model.DeleteInstanceConnectEndpoint, { InstanceConnectEndpointId }),
  }),
});
