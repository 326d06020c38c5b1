import type { VolumeAttachment as Described } from '@aws-sdk/client-ec2';
import { resourceType, type ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import { unless } from './refusals.ts';

/** Its identifier is the volume's ID and the instance's. */
export const volumeAttachment = resourceType('AWS::EC2::VolumeAttachment', {
  properties: ['Device', 'InstanceId', 'VolumeId'],

  async create({ Device, InstanceId, VolumeId }, context) {
    const id = `${VolumeId}|${InstanceId}`;
    // An earlier attempt may have attached it; nobody else can have where the volume is the stack's.
    if (!(await find(id, context))) {
      await context.invoke(model.AttachVolume, { Device, InstanceId, VolumeId });
    }
    return id;
  },

  stabilize: (id, context) =>
    context.until(async () => (await find(id, context))?.State === 'attached'),

  async read(id, context) {
    const found = await find(id, context);
    if (!found || found.State === 'detaching') return undefined;
    const { VolumeId, InstanceId, Device } = found;
    return { VolumeId: VolumeId!, InstanceId: InstanceId!, Device: Device! };
  },

  async delete(id, context) {
    const found = await find(id, context);
    if (found && found.State !== 'detaching') {
      const { VolumeId, InstanceId } = found;
      const detached = context.invoke(model.DetachVolume, { VolumeId, InstanceId });
      await unless('IncorrectState', detached);
    }
    await context.until(async () => (await find(id, context)) === undefined);
  },

  async list({ invoke }) {
    const { Volumes = [] } = await invoke(model.DescribeVolumes, {});
    return Volumes.flatMap(({ Attachments = [] }) =>
      Attachments.map(({ VolumeId, InstanceId }) => `${VolumeId}|${InstanceId}`),
    );
  },
});

async function find(id: string, { invoke }: ResourceContext): Promise<Described | undefined> {
  const [volumeId = '', instanceId] = id.split('|');
  const answer = invoke(model.DescribeVolumes, { VolumeIds: [volumeId] });
  const { Volumes = [] } = (await unless('InvalidVolume.NotFound', answer)) ?? {};
  return Volumes[0]?.Attachments?.find(({ InstanceId }) => InstanceId === instanceId);
}
