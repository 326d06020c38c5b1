import type { Instance as WireInstance, Reservation } from '@aws-sdk/client-ec2';
import type { HostPort } from '../../../../compute/driver.ts';
import { Derived } from '../../../../kernel/derived.ts';
import type { Ec2Scope } from '../../scope.ts';
import { allotmentNow } from '../capacity-reservations/allot.ts';
import { wireInterface, type NetworkInterfaceRecord } from '../interfaces/network-interface.ts';
import { wireTags, type TagSet } from '../tags.ts';
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

/** @param instances the caller's, as `Instances` lists them */
export async function showInstances(
  instances: readonly Instance[],
  scope: Shown,
): Promise<ShownInstance[]> {
  const { caller, networks, tags } = scope;
  const reserved = await allotmentNow(scope);
  const further = cardsByInstance(await networks.list('network-interface', caller));
  const tagged = await tags.sets(
    caller,
    instances.map(({ id }) => id),
  );
  return instances.map((instance) => {
    const cards = further.get(instance.id) ?? [];
    const tagSet = tagged.get(instance.id);
    const reservation = reserved.get(instance.id);
    return shown.of(instance, [reservation, tagSet, ...cards], () => ({
      ...show(instance, cards, tagSet),
      ...(reservation !== undefined && { CapacityReservationId: reservation }),
    }));
  });
}

const shown = new Derived<Instance, ShownInstance>();

function show(
  instance: Instance,
  cards: readonly NetworkInterfaceRecord[],
  tagSet: TagSet | undefined,
): ShownInstance {
  const wire = wireInstance(instance);
  const own = wire.NetworkInterfaces ?? [];
  // A terminated instance has lost all of them.
  const attached = own.length === 0 ? [] : cards;
  const ssh = sshElsewhere(instance);
  const hints = ssh ? [{ Key: SSH_TAG, Value: `${ssh.host}:${ssh.port}` }] : [];
  const Tags = [...wireTags(tagSet?.tags), ...hints];
  return {
    ...wire,
    NetworkInterfaces: [
      ...own,
      ...attached.map((card) => wireInterface(card, card.attachment, instance)),
    ],
    ...(Tags.length > 0 && { Tags }),
    ReservationId: instance.reservationId,
    OwnerId: instance.account,
  };
}

const indexOf = ({ attachment }: NetworkInterfaceRecord) => attachment?.deviceIndex ?? 0;

/** The interfaces that were attached to instances beside their own, in the order of their places. */
function cardsByInstance(
  cards: readonly NetworkInterfaceRecord[],
): ReadonlyMap<string, readonly NetworkInterfaceRecord[]> {
  const found = new Map<string, NetworkInterfaceRecord[]>();
  for (const card of cards.toSorted((one, other) => indexOf(one) - indexOf(other))) {
    const id = card.attachment?.instanceId;
    if (id === undefined) continue;
    const others = found.get(id);
    if (others) others.push(card);
    else found.set(id, [card]);
  }
  return found;
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
  for (const instance of instances) {
    const { ReservationId, OwnerId } = instance;
    const reservation = found.get(ReservationId) ?? {
      ReservationId,
      OwnerId,
      Groups: [],
      Instances: [],
    };
    reservation.Instances.push(inReservation.of(instance, [], () => alone(instance)));
    found.set(ReservationId, reservation);
  }
  return [...found.values()];
}

const inReservation = new Derived<ShownInstance, WireInstance>();

/** An instance without what its reservation tells. */
function alone(instance: ShownInstance): WireInstance {
  const { ReservationId: _, OwnerId: __, ...member } = instance;
  return member;
}
