import type { Instance as WireInstance, Reservation } from '@aws-sdk/client-ec2';
import type { HostPort } from '../../../../compute/driver.ts';
import type { Ec2Scope } from '../../scope.ts';
import { allotmentNow } from '../capacity-reservations/allot.ts';
import { wireInterface, type NetworkInterfaceRecord } from '../interfaces/network-interface.ts';
import type { Place } from '../place.ts';
import type { Instance } from './instance.ts';
import { wireInstance } from './wire.ts';

/** An instance as DescribeInstances shows it and filters it, with its reservation. */
export interface ShownInstance extends WireInstance {
  readonly InstanceId: string;
  readonly ReservationId: string;
  readonly OwnerId: string;
}

/** What an instance shows beside its own record. */
type Shown = Pick<
  Ec2Scope,
  'caller' | 'networks' | 'tags' | 'capacityReservations' | 'instances' | 'clock'
>;

/** Says where SSH is, on hosts that cannot bind port 22 of the public address. Clients skip `aws:` tags. */
export const SSH_TAG = 'aws:alacarte:ssh';

export async function showInstances(
  instances: readonly Instance[],
  scope: Shown,
): Promise<ShownInstance[]> {
  const { caller, networks, tags } = scope;
  const reserved = await allotmentNow(scope);
  const further = await networks.list('network-interface', caller);
  const shown = instances.map((instance) => ({
    ...withInterfaces(wireInstance(instance), further, caller),
    ReservationId: instance.reservationId,
    OwnerId: instance.account,
    ...(reserved.has(instance.id) && { CapacityReservationId: reserved.get(instance.id) }),
  }));
  const tagged = await tags.join(caller, shown, (instance) => instance.InstanceId);
  return tagged.map((instance, at) => {
    const ssh = sshElsewhere(instances[at]!);
    if (!ssh) return instance;
    const hint = { Key: SSH_TAG, Value: `${ssh.host}:${ssh.port}` };
    return { ...instance, Tags: [...(instance.Tags ?? []), hint] };
  });
}

/** An instance with the interfaces that were attached to it beside its own. */
function withInterfaces<T extends WireInstance>(
  instance: T,
  further: readonly NetworkInterfaceRecord[],
  place: Place,
): T {
  const own = instance.NetworkInterfaces ?? [];
  // A terminated instance has lost all of them.
  if (own.length === 0) return instance;
  const attached = further
    .filter(({ attachment }) => attachment?.instanceId === instance.InstanceId)
    .map((record) => wireInterface(record, record.attachment, place));
  return attached.length === 0
    ? instance
    : { ...instance, NetworkInterfaces: [...own, ...attached] };
}

/** Where SSH is, unless that is port 22 of the public address. Nothing leads to an elastic IP yet. */
function sshElsewhere({ ssh, state, network }: Instance): HostPort | undefined {
  if (state !== 'running') return undefined;
  const { elasticIp, publicAddress } = network;
  return ssh ?? (elasticIp && publicAddress ? { host: publicAddress, port: 22 } : undefined);
}

/** Instances by the request that launched them, as RunInstances and DescribeInstances answer. */
export async function reservations(
  instances: readonly Instance[],
  scope: Shown,
): Promise<Reservation[]> {
  return byReservation(await showInstances(instances, scope));
}

export function byReservation(instances: readonly ShownInstance[]): Reservation[] {
  const found = new Map<string, Reservation & { Instances: WireInstance[] }>();
  for (const { ReservationId, OwnerId, ...instance } of instances) {
    const reservation = found.get(ReservationId) ?? {
      ReservationId,
      OwnerId,
      Groups: [],
      Instances: [],
    };
    reservation.Instances.push(instance);
    found.set(ReservationId, reservation);
  }
  return [...found.values()];
}
