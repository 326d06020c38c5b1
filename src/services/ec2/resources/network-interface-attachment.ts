import type { NetworkInterface } from '@aws-sdk/client-ec2';
import { resourceType, type ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import { unless } from './refusals.ts';

export const networkInterfaceAttachment = resourceType('AWS::EC2::NetworkInterfaceAttachment', {
  properties: ['DeleteOnTermination', 'DeviceIndex', 'InstanceId', 'NetworkInterfaceId'],

  async create(desired, context) {
    const { InstanceId, NetworkInterfaceId, DeviceIndex, DeleteOnTermination = true } = desired;
    const Filters = [{ Name: 'network-interface-id', Values: [NetworkInterfaceId] }];
    const standing = await find(Filters, context);
    const isThere = standing?.Attachment?.InstanceId === InstanceId;
    const AttachmentId = isThere
      ? standing.Attachment!.AttachmentId!
      : await attach({ InstanceId, NetworkInterfaceId, DeviceIndex: Number(DeviceIndex) }, context);
    const Attachment = { AttachmentId, DeleteOnTermination };
    const request = { NetworkInterfaceId, Attachment };
    await context.invoke(model.ModifyNetworkInterfaceAttribute, request);
    return AttachmentId;
  },

  async read(id, context) {
    const found = await byAttachment(id, context);
    if (!found) return undefined;
    const { InstanceId, DeviceIndex, DeleteOnTermination } = found.Attachment!;
    return {
      ...{ AttachmentId: id, InstanceId: InstanceId!, DeviceIndex: String(DeviceIndex) },
      ...{ NetworkInterfaceId: found.NetworkInterfaceId! },
      DeleteOnTermination: DeleteOnTermination!,
    };
  },

  async update(id, { NetworkInterfaceId, DeleteOnTermination = true }, _, { invoke }) {
    const Attachment = { AttachmentId: id, DeleteOnTermination };
    await invoke(model.ModifyNetworkInterfaceAttribute, { NetworkInterfaceId, Attachment });
  },

  async delete(id, { invoke }) {
    const answer = invoke(model.DetachNetworkInterface, { AttachmentId: id });
    await unless('InvalidAttachmentID.NotFound', answer);
  },

  /** An instance's first interface is the instance's own. */
  async list({ invoke }) {
    const { NetworkInterfaces = [] } = await invoke(model.DescribeNetworkInterfaces, {});
    return NetworkInterfaces.flatMap(({ Attachment }) =>
      Attachment?.InstanceId && Attachment.DeviceIndex ? [Attachment.AttachmentId!] : [],
    );
  },
});

async function attach(
  request: { InstanceId: string; NetworkInterfaceId: string; DeviceIndex: number },
  { invoke }: ResourceContext,
): Promise<string> {
  return (await invoke(model.AttachNetworkInterface, request)).AttachmentId!;
}

function byAttachment(id: string, context: ResourceContext) {
  return find([{ Name: 'attachment.attachment-id', Values: [id] }], context);
}

async function find(
  Filters: { Name: string; Values: string[] }[],
  { invoke }: ResourceContext,
): Promise<NetworkInterface | undefined> {
  return (await invoke(model.DescribeNetworkInterfaces, { Filters })).NetworkInterfaces?.[0];
}
