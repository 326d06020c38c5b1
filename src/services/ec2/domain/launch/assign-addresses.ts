import type { Subnet } from '@aws-sdk/client-ec2';
import type { Ec2Scope } from '../../scope.ts';
import * as errors from '../../errors.ts';
import { namedAddresses } from '../interfaces/asked-addresses.ts';
import { setAside } from '../network/cidr-reservations.ts';
import { chooseIpv6 } from '../network/ipv6-addresses.ts';
import type { PlannedInterface } from './choose-interface.ts';
import type { LaunchPlan } from './plan.ts';

/** The addresses of one instance that is launched. */
export interface Assigned {
  /** Of each interface in the plan's order, the primary one first; none of one that exists already. */
  readonly private: readonly (readonly string[])[];
  /** Of each interface likewise. */
  readonly ipv6: readonly (readonly string[])[];
  readonly public: string | undefined;
}

/**
 * Free addresses for as many instances as there are addresses for, up to the plan's `maxCount`.
 *
 * @throws InsufficientFreeAddressesInSubnet, InsufficientAddressCapacity
 */
export async function assignAddresses(
  plan: LaunchPlan,
  { caller, instances, ids, networks }: Ec2Scope,
): Promise<Assigned[]> {
  const { network, minCount, maxCount } = plan;
  const { addresses } = instances;
  const start = Buffer.from(ids.bytes(4)).readUInt32BE() / 2 ** 32;
  const reservations = await networks.list('subnet-cidr-reservation', caller);
  const isSetAside = ({ SubnetId = '' }: Subnet) => setAside(reservations, SubnetId);
  const fresh = interfacesOf(plan).filter(({ existing }) => existing === undefined);
  const free = new Map<string, string[]>();
  let count = maxCount;
  for (const { subnet } of fresh) {
    const { SubnetId = '' } = subnet;
    if (free.has(SubnetId)) continue;
    const here = fresh.filter((each) => each.subnet.SubnetId === SubnetId);
    const named = here.flatMap(({ addresses: asked }) => namedAddresses(asked));
    const needed = here.reduce((sum, each) => sum + wanted(each), 0);
    const most = needed * maxCount + named.length;
    const found = await addresses.freePrivate(subnet, most, start, isSetAside(subnet));
    const left = found.filter((address) => !named.includes(address));
    if (needed > 0) count = Math.min(count, Math.floor(left.length / needed));
    if (count < minCount) throw errors.noFreeAddresses(SubnetId);
    free.set(SubnetId, left);
  }
  const publicAddresses = network.publicAddress ? await addresses.freePublic(count, start) : [];
  if (network.publicAddress && publicAddresses.length < count) throw errors.noPublicAddresses();
  return Array.from({ length: count }, (_, at) => ({
    private: interfacesOf(plan).map((each) =>
      own(each, free.get(each.subnet.SubnetId ?? '') ?? []),
    ),
    ipv6: interfacesOf(plan).map(({ subnet, ipv6 }) =>
      chooseIpv6(subnet, ipv6, ids, isSetAside(subnet)),
    ),
    public: publicAddresses[at],
  }));
}

/** All interfaces of each instance, the first one first. */
export function interfacesOf({ network }: LaunchPlan): readonly PlannedInterface[] {
  return [network, ...network.further];
}

/** How many addresses are to be found for it. */
function wanted({ addresses: { primary, count } }: PlannedInterface): number {
  return count + (primary === undefined ? 1 : 0);
}

/** @param free those of its subnet, of which it takes some */
function own(planned: PlannedInterface, free: string[]): string[] {
  if (planned.existing !== undefined) return [];
  const found = free.splice(0, wanted(planned));
  const primary = planned.addresses.primary ?? found.shift() ?? '';
  return [primary, ...planned.addresses.further, ...found];
}
