import type { Ec2Scope } from '../../scope.ts';
import * as errors from '../../errors.ts';
import { set, transact } from '../../../../storage/records.ts';
import type { Write } from '../../../../storage/engine.ts';
import { fingerprint } from '../fingerprint.ts';
import { reserve, ReservationUsed } from '../capacity-reservations/reserve.ts';
import { HostUsed, placeOnHosts } from '../hosts/placement.ts';
import type { Instance } from '../instances/instance.ts';
import { namedAddresses } from '../interfaces/asked-addresses.ts';
import type { Claim } from '../network/address-claims.ts';
import { putToUse, together } from '../network/put-to-use.ts';
import { joinGroup } from '../placement-groups/placement.ts';
import { kinds } from '../resource-kinds.ts';
import { fulfilRequests } from '../spot/fulfil.ts';
import { assignAddresses, interfacesOf, type Assigned } from './assign-addresses.ts';
import {
  attachInterfaces,
  existingInterfaces,
  furtherInterfaces,
  InterfaceChanged,
} from './launched-interfaces.ts';
import { volumeIdsOf, volumesOf } from './launched-volumes.ts';
import { newInstances } from './new-instances.ts';
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
        error instanceof InterfaceChanged ||
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
  const { store, caller, instances, volumes, workflows, orders, ids } = scope;
  const guest = guestOf(asked);
  const existing = await existingInterfaces(asked, scope);
  const reserved = await reserve(asked.reservation, guest, asked.minCount, scope);
  const onHosts = await placeOnHosts(asked.host, guest, asked, scope);
  const room = Math.min(asked.maxCount, reserved.room, onHosts.room);
  const plan = { ...asked, maxCount: Math.max(asked.minCount, room) };
  const assigned = await assignAddresses(plan, scope);
  const fresh = newInstances(plan, onHosts, assigned, existing, idempotency?.token, scope);
  const further = furtherInterfaces(plan, fresh, assigned, existing, scope);
  const request = idempotency && fingerprint(idempotency.request);
  const claims = claimsOf(plan, assigned, scope);
  // Without a token nothing is read at this place, and nothing written.
  const token = instances.tokenAt(caller, idempotency?.token ?? '');
  const launches = fresh.map((instance) => ({ instance, orderId: ids.uuid() }));
  const joins = together([
    ...[useNetwork(plan, scope), attachInterfaces(plan, further, existing, scope)],
    joinGroup(plan.placement, scope),
    ...[reserved.join, onHosts.join, fulfilRequests(plan, fresh, scope)],
  ]);
  const placed = await transact(store, [token, ...claims, ...joins.slots], (before, ...found) => {
    if (before) {
      if (before.request !== request) throw errors.idempotentMismatch();
      return { writes: [], result: before.instanceIds };
    }
    if (!plan.fits) throw errors.insufficientCapacity(plan.type.InstanceType ?? '');
    const claimed = found.slice(0, claims.length) as (Claim | undefined)[];
    const joinWrites = joins.writes(found.slice(claims.length));
    const taken = claimed.flatMap((claim) => claim?.address ?? []);
    const named = interfacesOf(plan)
      .flatMap((each) => [...namedAddresses(each.addresses), ...each.ipv6.named])
      .find((each) => taken.includes(each));
    if (named !== undefined) throw errors.addressInUse(named);
    if (taken.length > 0) throw new AddressesTaken();
    const writes = launches.flatMap(({ instance, orderId }) => [
      ...instances.add(instance),
      ...volumesOf(instance, plan.volumes).map((volume) => volumes.add(volume)),
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

/** The places of the addresses that a launch claims. */
function claimsOf(plan: LaunchPlan, assigned: readonly Assigned[], { instances }: Ec2Scope) {
  const { addresses } = instances;
  const subnets = interfacesOf(plan).map(({ subnet }) => subnet.SubnetId ?? '');
  return assigned.flatMap((own) => [
    ...subnets.flatMap((subnetId, at) =>
      addresses.allAt({
        subnetId,
        addresses: own.private[at] ?? [],
        ipv6Addresses: own.ipv6[at] ?? [],
      }),
    ),
    ...(own.public === undefined ? [] : [addresses.publicAt(own.public)]),
  ]);
}

/** Subnets and groups stay until the launch is recorded; those of existing interfaces have a user. */
function useNetwork(plan: LaunchPlan, { networks, caller }: Ec2Scope) {
  const fresh = interfacesOf(plan).filter(({ existing }) => existing === undefined);
  const subnets = new Set(fresh.map(({ subnet }) => subnet.SubnetId ?? ''));
  const groups = new Set(fresh.flatMap((each) => each.groups.map(({ id }) => id)));
  return putToUse(networks, caller, [
    ...[...subnets].map((id) => ({ type: 'subnet' as const, id })),
    ...[...groups].map((id) => ({ type: 'security-group' as const, id })),
  ]);
}

function tagWrites(plan: LaunchPlan, instance: Instance, { tags }: Ec2Scope): Write[] {
  const { networkInterface } = plan.tags;
  return [
    ...tags.put(instance, kinds.instance, instance.id, plan.tags.instance),
    ...volumeIdsOf(instance).flatMap((id) =>
      tags.put(instance, kinds.volume, id, plan.tags.volume),
    ),
    ...(plan.network.existing === undefined
      ? tags.put(instance, kinds.networkInterface, instance.network.interfaceId, networkInterface)
      : []),
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
