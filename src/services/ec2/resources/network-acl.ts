import type { NetworkAcl } from '@aws-sdk/client-ec2';
import { resourceType } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { ResourceModels } from '../../../models/generated/resource-types.ts';
import { taggedResource } from './tagged-resource.ts';

type Desired = ResourceModels['AWS::EC2::NetworkAcl'];

export const networkAcl = resourceType('AWS::EC2::NetworkAcl', {
  properties: ['Tags', 'VpcId'],
  ...taggedResource<Desired, NetworkAcl>({
    kind: 'network-acl',
    notFound: 'InvalidNetworkAclID.NotFound',
    async make({ VpcId }, TagSpecifications, { invoke }) {
      const made = await invoke(model.CreateNetworkAcl, { VpcId, TagSpecifications });
      return made.NetworkAcl?.NetworkAclId;
    },
    describe: async (NetworkAclIds, { invoke }) =>
      (await invoke(model.DescribeNetworkAcls, { NetworkAclIds })).NetworkAcls,
    idOf: ({ NetworkAclId }) => NetworkAclId,
    show: ({ NetworkAclId, VpcId }) => ({ Id: NetworkAclId!, VpcId: VpcId! }),
    remove: (NetworkAclId, { invoke }) => invoke(model.DeleteNetworkAcl, { NetworkAclId }),
  }),
});
