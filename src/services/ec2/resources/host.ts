import type { ModifyHostsResult } from '@aws-sdk/client-ec2';
import { AwsError } from '../../../kernel/aws-error.ts';
import { resourceType } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isRefusal, unless } from './refusals.ts';
import { shownTags, specification, updateTags } from './tags.ts';

const NOT_FOUND = 'InvalidHostID.NotFound';

type OnOff = 'on' | 'off' | undefined;

export const host = resourceType('AWS::EC2::Host', {
  properties: [
    ...(['AutoPlacement', 'AvailabilityZone', 'HostMaintenance', 'HostRecovery'] as const),
    ...(['InstanceFamily', 'InstanceType', 'Tags'] as const),
  ],

  async create({ Tags, AvailabilityZone, InstanceFamily, InstanceType, ...desired }, context) {
    const { HostIds } = await context.invoke(model.AllocateHosts, {
      ...{ AvailabilityZone, InstanceFamily, InstanceType, ...settings(desired) },
      ...{ ClientToken: context.token, Quantity: 1 },
      TagSpecifications: [specification('dedicated-host', Tags, context)],
    });
    return HostIds![0]!;
  },

  async read(id, { invoke }) {
    const answer = invoke(model.DescribeHosts, { HostIds: [id] });
    const found = (await unless(NOT_FOUND, answer))?.Hosts?.[0];
    if (!found || found.State === 'released') return undefined;
    const { InstanceFamily, InstanceType } = found.HostProperties!;
    const Tags = shownTags(found.Tags);
    return {
      HostId: id,
      AvailabilityZone: found.AvailabilityZone!,
      AutoPlacement: found.AutoPlacement!,
      HostMaintenance: found.HostMaintenance!,
      HostRecovery: found.HostRecovery!,
      ...(InstanceFamily && { InstanceFamily }),
      ...(InstanceType && { InstanceType }),
      ...(Tags && { Tags }),
    };
  },

  async update(id, desired, _, context) {
    // What a template leaves out is as it is at first.
    const wanted = { AutoPlacement: 'on', HostMaintenance: 'on', HostRecovery: 'off', ...desired };
    refuse(await context.invoke(model.ModifyHosts, { HostIds: [id], ...settings(wanted) }));
    await updateTags(id, desired.Tags, context);
  },

  async delete(id, { invoke }) {
    const { Hosts: [standing] = [] } =
      (await unless(NOT_FOUND, invoke(model.DescribeHosts, { HostIds: [id] }))) ?? {};
    if (!standing || standing.State === 'released') return;
    try {
      refuse(await invoke(model.ReleaseHosts, { HostIds: [id] }));
    } catch (error) {
      // Somebody else released it meanwhile.
      if (!isRefusal(error, 'Client.InvalidHostState')) throw error;
    }
  },

  async list({ invoke }) {
    const Filter = [{ Name: 'state', Values: ['available'] }];
    const { Hosts = [] } = await invoke(model.DescribeHosts, { Filter });
    return Hosts.map(({ HostId }) => HostId!);
  },
});

interface Settings {
  readonly AutoPlacement?: string;
  readonly HostMaintenance?: string;
  readonly HostRecovery?: string;
}

function settings({ AutoPlacement, HostMaintenance, HostRecovery }: Settings) {
  return {
    AutoPlacement: AutoPlacement as OnOff,
    HostMaintenance: HostMaintenance as OnOff,
    HostRecovery: HostRecovery as OnOff,
  };
}

/** These operations answer well and tell of each host that it went badly. */
function refuse({ Unsuccessful = [] }: ModifyHostsResult): void {
  const error = Unsuccessful[0]?.Error;
  if (error) throw new AwsError(error.Code ?? '', error.Message ?? '');
}
