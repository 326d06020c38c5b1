import type { Subnet } from '@aws-sdk/client-ec2';
import type { Engine, Write } from '../../../../storage/engine.ts';
import { Records, clear, set, type Slot } from '../../../../storage/records.ts';
import type { Instance } from '../instances/instance.ts';
import { RESERVED_FIRST, RESERVED_LAST, addressesOf, parseBlock } from './addresses.ts';

export interface Claim {
  readonly address: string;
  /** The ID of the instance or gateway that has it, or of its allocation. */
  readonly holder: string;
}

/** Addresses of this host's loopback network that are handed out as public ones. */
export const PUBLIC_BLOCK = '127.64.0.0/10';

/**
 * Which addresses are taken. One record an address: two launches that want the same one meet in
 * their transactions, wherever they run.
 */
export class Addresses {
  readonly #store: Engine;
  readonly #public: Records<Claim>;
  readonly #private: Records<Claim>;

  constructor(store: Engine) {
    this.#store = store;
    this.#public = new Records(store, 'ec2', 'public-address');
    this.#private = new Records(store, 'ec2', 'private-address');
  }

  publicAt(address: string): Slot<Claim> {
    return this.#public.at(address);
  }

  privateAt(subnetId: string, address: string): Slot<Claim> {
    return this.#private.at(subnetId, address);
  }

  /**
   * Free public addresses of the cloud.
   * @param start from 0 to 1: where in the block the search begins. Drawn at random, so that clouds
   * that share a host and do not know of one another do not meet.
   */
  async freePublic(count: number, start: number): Promise<string[]> {
    return this.#free(PUBLIC_BLOCK, count, start, (address) => this.publicAt(address));
  }

  /** @param start from 0 to 1: where in the subnet the search begins */
  async freePrivate(
    subnetId: string,
    cidr: string,
    count: number,
    start: number,
  ): Promise<string[]> {
    return this.#free(cidr, count, start, (address) => this.privateAt(subnetId, address));
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

  claim(instance: Instance): Write[] {
    return this.#slots(instance).map(({ slot, address }) =>
      set(slot, { address, holder: instance.id }),
    );
  }

  /** Keeps the private ones for an interface that stays; a public one of its own goes. */
  passOn(instance: Instance, holder: string): Write[] {
    const { publicAddress } = instance.network;
    return this.#slots(instance).map(({ slot, address }) =>
      address === publicAddress ? clear(slot) : set(slot, { address, holder }),
    );
  }

  release(instance: Instance): Write[] {
    return this.#slots(instance).map(({ slot }) => clear(slot));
  }

  async #free(
    cidr: string,
    count: number,
    start: number,
    at: (address: string) => Slot<Claim>,
  ): Promise<string[]> {
    const free: string[] = [];
    for (const addresses of inPortions(addressesOf(parseBlock(cidr), start), count)) {
      const claims = await this.#store.getMany(addresses.map((address) => at(address).key));
      free.push(...addresses.filter((_, nth) => claims[nth] === undefined));
      if (free.length >= count) return free.slice(0, count);
    }
    return free;
  }

  #slots({ network }: Instance): { slot: Slot<Claim>; address: string }[] {
    const { subnetId, privateAddress, further = [], publicAddress } = network;
    const own = [privateAddress, ...further].map((address) => ({
      slot: this.privateAt(subnetId, address),
      address,
    }));
    if (publicAddress) own.push({ slot: this.publicAt(publicAddress), address: publicAddress });
    return own;
  }
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
