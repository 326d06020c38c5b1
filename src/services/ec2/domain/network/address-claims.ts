import type { Subnet } from '@aws-sdk/client-ec2';
import { PUBLIC_BLOCK } from '../../../../compute/network/addresses.ts';
import type { Engine, Write } from '../../../../storage/engine.ts';
import { Records, clear, set, type Slot } from '../../../../storage/records.ts';
import type { Instance } from '../instances/instance.ts';
import { RESERVED_FIRST, RESERVED_LAST, addressesOf, parseBlock } from './addresses.ts';

export interface Claim {
  readonly address: string;
  /** The ID of the instance or gateway that has it, or of its allocation. */
  readonly holder: string;
}

/** The addresses of one interface. */
export interface InterfaceAddresses {
  readonly subnetId: string;
  readonly addresses: readonly string[];
  readonly ipv6Addresses?: readonly string[];
}

/**
 * Which addresses are taken. One record an address: two launches that want the same one meet in
 * their transactions, wherever they run.
 */
export class Addresses {
  readonly #store: Engine;
  readonly #public: Records<Claim>;
  readonly #private: Records<Claim>;
  readonly #ipv6: Records<Claim>;

  constructor(store: Engine) {
    this.#store = store;
    this.#public = new Records(store, 'ec2', 'public-address');
    this.#private = new Records(store, 'ec2', 'private-address');
    this.#ipv6 = new Records(store, 'ec2', 'ipv6-address');
  }

  publicAt(address: string): Slot<Claim> {
    return this.#public.at(address);
  }

  privateAt(subnetId: string, address: string): Slot<Claim> {
    return this.#private.at(subnetId, address);
  }

  ipv6At(subnetId: string, address: string): Slot<Claim> {
    return this.#ipv6.at(subnetId, address);
  }

  /** The places of all addresses of an interface. */
  allAt({ subnetId, addresses, ipv6Addresses = [] }: InterfaceAddresses): Slot<Claim>[] {
    return [
      ...addresses.map((address) => this.privateAt(subnetId, address)),
      ...ipv6Addresses.map((address) => this.ipv6At(subnetId, address)),
    ];
  }

  /**
   * Free public addresses of the cloud.
   * @param start from 0 to 1: where in the block the search begins. Drawn at random, so that clouds
   * that share a host and do not know of one another do not meet.
   */
  async freePublic(count: number, start: number): Promise<string[]> {
    return this.#free(PUBLIC_BLOCK, count, start, (address) => this.publicAt(address));
  }

  /**
   * @param start from 0 to 1: where in the subnet the search begins
   * @param isSetAside whether a reservation keeps an address from whoever does not name it
   */
  async freePrivate(
    { SubnetId = '', CidrBlock = '' }: Subnet,
    count: number,
    start: number,
    isSetAside: (address: string) => boolean,
  ): Promise<string[]> {
    const at = (address: string) => this.privateAt(SubnetId, address);
    return this.#free(CidrBlock, count, start, at, isSetAside);
  }

  /** How many addresses of a subnet are left for instances. */
  async countFree({ SubnetId = '', CidrBlock = '' }: Subnet): Promise<number> {
    const taken = await this.#private.list(SubnetId);
    return parseBlock(CidrBlock).size - RESERVED_FIRST - RESERVED_LAST - taken.length;
  }

  /** Whether anything has an address in this subnet. */
  async anyClaimed(subnetId: string): Promise<boolean> {
    return (await this.#private.list(subnetId)).length > 0;
  }

  /** Whether anything has an IPv6 address in this subnet. */
  async anyIpv6Claimed(subnetId: string): Promise<boolean> {
    return (await this.#ipv6.list(subnetId)).length > 0;
  }

  /** @param holder the ID of the interface or of the instance whose first one it is */
  take(own: InterfaceAddresses, holder: string): Write[] {
    const all = [...own.addresses, ...(own.ipv6Addresses ?? [])];
    return this.allAt(own).map((slot, nth) => set(slot, { address: all[nth] ?? '', holder }));
  }

  giveBack(own: InterfaceAddresses): Write[] {
    return this.allAt(own).map((slot) => clear(slot));
  }

  claim(instance: Instance): Write[] {
    const { publicAddress: address } = instance.network;
    const own =
      address === undefined ? [] : [set(this.publicAt(address), { address, holder: instance.id })];
    return [...this.take(ofFirst(instance), instance.id), ...own];
  }

  /** Keeps them for an interface that stays; a public one of its own goes. */
  passOn(instance: Instance, holder: string): Write[] {
    return [...this.take(ofFirst(instance), holder), ...this.#publicGone(instance)];
  }

  release(instance: Instance): Write[] {
    return [...this.giveBack(ofFirst(instance)), ...this.#publicGone(instance)];
  }

  #publicGone({ network: { publicAddress } }: Instance): Write[] {
    return publicAddress === undefined ? [] : [clear(this.publicAt(publicAddress))];
  }

  async #free(
    cidr: string,
    count: number,
    start: number,
    at: (address: string) => Slot<Claim>,
    isSetAside: (address: string) => boolean = () => false,
  ): Promise<string[]> {
    const free: string[] = [];
    const open = without(addressesOf(parseBlock(cidr), start), isSetAside);
    for (const addresses of inPortions(open, count)) {
      const claims = await this.#store.getMany(addresses.map((address) => at(address).key));
      free.push(...addresses.filter((_, nth) => claims[nth] === undefined));
      if (free.length >= count) return free.slice(0, count);
    }
    return free;
  }
}

function ofFirst({ network }: Instance): InterfaceAddresses {
  const { subnetId, privateAddress, further = [], ipv6Addresses = [] } = network;
  return { subnetId, addresses: [privateAddress, ...further], ipv6Addresses };
}

function* without(
  addresses: Iterable<string>,
  isSetAside: (address: string) => boolean,
): Generator<string> {
  for (const address of addresses) if (!isSetAside(address)) yield address;
}

/** As many at a time as are wanted, and not one by one where that is few. */
function* inPortions(addresses: Iterable<string>, wanted: number): Generator<string[]> {
  let portion: string[] = [];
  for (const address of addresses) {
    portion.push(address);
    if (portion.length < Math.max(wanted, 16)) continue;
    yield portion;
    portion = [];
  }
  if (portion.length > 0) yield portion;
}
