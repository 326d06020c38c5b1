import type { Subnet } from '@aws-sdk/client-ec2';
import type { Engine, Write } from '../../../../storage/engine.ts';
import { Records, clear, set, type Slot } from '../../../../storage/records.ts';
import type { Instance } from '../instances/instance.ts';
import {
  RESERVED_FIRST,
  RESERVED_LAST,
  freeAddresses,
  parseBlock,
  toAddress,
  toNumber,
} from './addresses.ts';

interface Claim {
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
  readonly #public: Records<Claim>;
  readonly #private: Records<Claim>;

  constructor(store: Engine) {
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
    const taken = numbers(await this.#public.list());
    return freeAddresses(parseBlock(PUBLIC_BLOCK), taken, count, start).map(toAddress);
  }

  /** @param start from 0 to 1: where in the subnet the search begins */
  async freePrivate(
    subnetId: string,
    cidr: string,
    count: number,
    start: number,
  ): Promise<string[]> {
    const taken = numbers(await this.#private.list(subnetId));
    return freeAddresses(parseBlock(cidr), taken, count, start).map(toAddress);
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

  release(instance: Instance): Write[] {
    return this.#slots(instance).map(({ slot }) => clear(slot));
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

function numbers(claims: readonly Claim[]): Set<number> {
  return new Set(claims.flatMap(({ address }) => toNumber(address) ?? []));
}
