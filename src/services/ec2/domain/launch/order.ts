import type { Ec2Scope } from '../../scope.ts';
import * as errors from '../../errors.ts';
import { set, transact } from '../../../../storage/records.ts';
import type { Write } from '../../../../storage/engine.ts';
import { fingerprint } from '../fingerprint.ts';
import { reserve, ReservationUsed } from '../capacity-reservations/reserve.ts';
import { HostUsed, placeOnHosts, type OnHosts } from '../hosts/placement.ts';
import type { Instance } from '../instances/instance.ts';
import { namedAddresses } from '../interfaces/asked-addresses.ts';
import { newMacAddress } from '../interfaces/mac-address.ts';
import { putToUse, together } from '../network/put-to-use.ts';
import { joinGroup, placementAt } from '../placement-groups/placement.ts';
import { newAssociation } from '../profiles/associations.ts';
import { kinds } from '../resource-kinds.ts';
import { fulfilRequests, spotAt } from '../spot/fulfil.ts';
import { sizeOf } from './capacity.ts';
import { volumeIdsOf, volumesAtLaunch, volumesOf } from './launched-volumes.ts';
import type { LaunchPlan } from './plan.ts';

/** What makes a repeated request the same one. */
export interface Idempotency {
  readonly token: string;
  /** The request but for its token. */
  readonly request: unknown;
}

/** Addresses were taken by another launch between choosing and claiming them. */
class AddressesTaken extends Error {}

const ATTEMPTS = 50;

/**
 * Places the order: in one transaction the instances with their tags and addresses, the client
 * token, and the workflow that brings each to life; then starts the workflows.
 *
 * @returns the instances; those of the first request where its token is repeated
 * @throws IdempotentParameterMismatch, InvalidIPAddress.InUse, InsufficientFreeAddressesInSubnet,
 * InsufficientInstanceCapacity, ReservationCapacityExceeded
 */
export async function placeOrder(
  plan: LaunchPlan,
  idempotency: Idempotency | undefined,
  scope: Ec2Scope,
): Promise<Instance[]> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await tryOrder(plan, idempotency, scope);
    } catch (error) {
      const isOvertaken =
        error instanceof AddressesTaken ||
        error instanceof ReservationUsed ||
        error instanceof HostUsed;
      if (!isOvertaken || attempt === ATTEMPTS) throw error;
    }
  }
}

async function tryOrder(
  asked: LaunchPlan,
  idempotency: Idempotency | undefined,
  scope: Ec2Scope,
): Promise<Instance[]> {
  const { store, caller, instances, networks, volumes, workflows, orders, ids } = scope;
  const guest = guestOf(asked);
  const reserved = await reserve(asked.reservation, guest, asked.minCount, scope);
  const onHosts = await placeOnHosts(asked.host, guest, asked, scope);
  const room = Math.min(asked.maxCount, reserved.room, onHosts.room);
  const plan = { ...asked, maxCount: Math.max(asked.minCount, room) };
  const fresh = await newInstances(plan, onHosts, idempotency?.token, scope);
  const request = idempotency && fingerprint(idempotency.request);
  const { addresses } = instances;
  const claims = fresh.flatMap(({ network }) => [
    ...[network.privateAddress, ...(network.further ?? [])].map((address) =>
      addresses.privateAt(network.subnetId, address),
    ),
    ...(network.publicAddress ? [addresses.publicAt(network.publicAddress)] : []),
  ]);
  // Without a token nothing is read at this place, and nothing written.
  const token = instances.tokenAt(caller, idempotency?.token ?? '');
  const launches = fresh.map((instance) => ({ instance, orderId: ids.uuid() }));
  const used = putToUse(networks, caller, [
    { type: 'subnet', id: plan.network.subnet.SubnetId ?? '' },
    ...plan.network.groups.map(({ id }) => ({ type: 'security-group' as const, id })),
  ]);
  const joins = together([
    ...[used, joinGroup(plan.placement, scope)],
    ...[reserved.join, onHosts.join, fulfilRequests(plan, fresh, scope)],
  ]);
  const slots = [token, ...joins.slots, ...claims] as const;
  const placed = await transact(store, slots, (before, ...found) => {
    if (before) {
      if (before.request !== request) throw errors.idempotentMismatch();
      return { writes: [], result: before.instanceIds };
    }
    if (!plan.fits) throw errors.insufficientCapacity(plan.type.InstanceType ?? '');
    const joinWrites = joins.writes(found.slice(0, joins.slots.length));
    const claimed = found.slice(joins.slots.length);
    const taken = claimed.flatMap((claim) => (claim && 'address' in claim ? claim.address : []));
    const [named] = namedAddresses(plan.network.addresses).filter((each) => taken.includes(each));
    if (named !== undefined) throw errors.addressInUse(named);
    if (taken.length > 0) throw new AddressesTaken();
    const writes = launches.flatMap(({ instance, orderId }) => [
      ...instances.add(instance),
      ...volumesOf(instance, plan.volumes).map((volume) => set(volumes.at(volume), volume)),
      ...tagWrites(plan, instance, scope),
      workflows.order(orders.launch, orderId, refOf(instance)),
    ]);
    writes.push(...joinWrites);
    if (idempotency && request) {
      const instanceIds = fresh.map(({ id }) => id);
      writes.push(set(token, { token: idempotency.token, request, instanceIds }));
    }
    return { writes, result: undefined };
  });
  if (placed) return earlier(placed, scope);
  for (const { orderId } of launches) workflows.start(orders.launch, orderId);
  return fresh;
}

async function earlier(instanceIds: readonly string[], scope: Ec2Scope): Promise<Instance[]> {
  const { instances, caller } = scope;
  const found = await Promise.all(instanceIds.map((id) => instances.get({ ...caller, id })));
  return found.filter((instance) => instance !== undefined);
}

async function newInstances(
  plan: LaunchPlan,
  { hostIds }: OnHosts,
  clientToken: string | undefined,
  scope: Ec2Scope,
): Promise<Instance[]> {
  const { ids, clock, caller } = scope;
  const { privateAddresses, publicAddresses } = await chooseAddresses(plan, scope);
  // AWS tells times of attachment to the second.
  const now = Math.floor(clock.now() / 1000) * 1000;
  const reservationId = ids.resource('r');
  const { image, type, key, network, settings, userData } = plan;
  return privateAddresses.map(([privateAddress = '', ...further], launchIndex) => ({
    account: caller.account,
    region: caller.region,
    id: ids.resource('i'),
    reservationId,
    launchIndex,
    ...(clientToken !== undefined && { clientToken }),
    imageId: image.image.ImageId,
    driver: plan.driver.name,
    imageKey: image.entry.key,
    ...(image.root && { rootDisk: image.root.snapshotId }),
    architecture: image.entry.architecture,
    instanceType: type.InstanceType ?? '',
    ...sizeOf(type),
    state: 'pending',
    transitionReason: '',
    launchedAtMs: clock.now(),
    ...(key && { keyName: key.keyName, publicKey: key.publicKey }),
    ...(userData && { userData }),
    ...(plan.profile !== undefined && { profile: newAssociation(plan.profile, scope) }),
    network: {
      vpcId: network.subnet.VpcId ?? '',
      subnetId: network.subnet.SubnetId ?? '',
      subnetCidr: network.subnet.CidrBlock ?? '',
      zone: network.subnet.AvailabilityZone ?? '',
      zoneId: network.subnet.AvailabilityZoneId ?? '',
      interfaceId: ids.resource('eni'),
      attachmentId: ids.resource('eni-attach'),
      attachedAtMs: now,
      description: network.description,
      // 02 marks an address as locally administered.
      macAddress: newMacAddress(ids),
      privateAddress,
      ...(further.length > 0 && { further }),
      ...(publicAddresses[launchIndex] && { publicAddress: publicAddresses[launchIndex] }),
      groups: network.groups,
      sourceDestCheck: true,
    },
    rootDeviceName: image.image.RootDeviceName ?? '',
    ...(plan.placement && { placement: placementAt(plan.placement, launchIndex) }),
    ...(plan.host && { host: { ...plan.host, id: hostIds[launchIndex] } }),
    ...(plan.reservation && { capacityReservation: plan.reservation }),
    ...spotAt(plan, ids),
    ...(plan.fleet && { fleet: plan.fleet }),
    ...volumesAtLaunch(plan, now, ids),
    settings,
  }));
}

/** The private addresses of each instance, its primary one first, and their public ones. */
async function chooseAddresses(plan: LaunchPlan, { instances, ids }: Ec2Scope) {
  const { subnet, addresses: asked, publicAddress } = plan.network;
  const { addresses } = instances;
  const start = Buffer.from(ids.bytes(4)).readUInt32BE() / 2 ** 32;
  const { SubnetId = '', CidrBlock = '' } = subnet;
  const named = namedAddresses(asked);
  const needed = asked.count + (asked.primary === undefined ? 1 : 0);
  const found = await addresses.freePrivate(
    SubnetId,
    CidrBlock,
    needed * plan.maxCount + named.length,
    start,
  );
  const free = found.filter((address) => !named.includes(address));
  const count = Math.min(plan.maxCount, needed === 0 ? 1 : Math.floor(free.length / needed));
  if (count < plan.minCount) throw errors.noFreeAddresses(SubnetId);
  const privateAddresses = Array.from({ length: count }, (_, at) => {
    const own = free.slice(at * needed, (at + 1) * needed);
    const primary = asked.primary ?? own.shift() ?? '';
    return [primary, ...asked.further, ...own];
  });
  const publicAddresses = publicAddress ? await addresses.freePublic(count, start) : [];
  if (publicAddress && publicAddresses.length < privateAddresses.length) {
    throw errors.noPublicAddresses();
  }
  return { privateAddresses, publicAddresses };
}

function tagWrites(plan: LaunchPlan, instance: Instance, { tags }: Ec2Scope): Write[] {
  return [
    ...tags.put(instance, kinds.instance, instance.id, plan.tags.instance),
    ...volumeIdsOf(instance).flatMap((id) =>
      tags.put(instance, kinds.volume, id, plan.tags.volume),
    ),
    ...tags.put(
      instance,
      kinds.networkInterface,
      instance.network.interfaceId,
      plan.tags.networkInterface,
    ),
  ];
}

function guestOf({ type, network }: LaunchPlan) {
  return {
    instanceType: type.InstanceType ?? '',
    zone: network.subnet.AvailabilityZone ?? '',
  };
}

function refOf({ account, region, id }: Instance) {
  return { account, region, id };
}
