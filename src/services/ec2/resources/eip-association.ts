import { resourceType, type ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import { unless } from './refusals.ts';

export const eipAssociation = resourceType('AWS::EC2::EIPAssociation', {
  properties: ['AllocationId', 'EIP', 'InstanceId', 'NetworkInterfaceId', 'PrivateIpAddress'],

  /** Where the address is there already, the operation answers with the association that stands. */
  async create({ EIP: PublicIp, ...desired }, { invoke }) {
    const { AssociationId } = await invoke(model.AssociateAddress, {
      ...{ ...desired, ...(PublicIp !== undefined && { PublicIp }) },
    });
    return AssociationId!;
  },

  async read(id, context) {
    const found = await find(id, context);
    if (!found) return undefined;
    const { AllocationId, PublicIp, InstanceId, NetworkInterfaceId, PrivateIpAddress } = found;
    return {
      ...{ Id: id, AllocationId: AllocationId!, EIP: PublicIp! },
      ...{ NetworkInterfaceId: NetworkInterfaceId!, PrivateIpAddress: PrivateIpAddress! },
      ...(InstanceId && { InstanceId }),
    };
  },

  async delete(id, { invoke }) {
    const answer = invoke(model.DisassociateAddress, { AssociationId: id });
    await unless('InvalidAssociationID.NotFound', answer);
  },

  async list({ invoke }) {
    const { Addresses = [] } = await invoke(model.DescribeAddresses, {});
    return Addresses.flatMap(({ AssociationId }) => AssociationId ?? []);
  },
});

async function find(id: string, { invoke }: ResourceContext) {
  const Filters = [{ Name: 'association-id', Values: [id] }];
  return (await invoke(model.DescribeAddresses, { Filters })).Addresses?.[0];
}
