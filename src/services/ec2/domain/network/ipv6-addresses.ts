import type { Subnet } from '@aws-sdk/client-ec2';
import type { Ids } from '../../../../kernel/ids.ts';
import * as errors from '../../errors.ts';
import * as networkErrors from '../../network-errors.ts';
import { set } from '../../../../storage/records.ts';
import type { Ec2Scope } from '../../scope.ts';
import { setAside } from './cidr-reservations.ts';
import type { NetworkDraft } from './network-draft.ts';
import { cidrText, contains, parseCidr, type Cidr } from './cidr.ts';

/** So often an address is drawn: half a subnet may be reserved, and hardly ever all draws are in it. */
const ATTEMPTS = 256;

/** What a request asks of IPv6 addresses: those that it names, or how many. */
export interface AskedIpv6 {
  /** In the form that AWS keeps. */
  readonly named: readonly string[];
  readonly count: number;
}

/**
 * What a request asks of an interface in a subnet, which may have every interface get an address.
 *
 * @throws InvalidParameterCombination, InvalidParameterValue
 */
export function askedIpv6(
  subnet: Subnet,
  given: {
    readonly Ipv6AddressCount?: number | undefined;
    readonly Ipv6Addresses?: readonly { readonly Ipv6Address?: string | undefined }[] | undefined;
  },
): AskedIpv6 {
  const { Ipv6AddressCount, Ipv6Addresses = [] } = given;
  if (Ipv6AddressCount && Ipv6Addresses.length > 0) {
    throw errors.combination('ipv6AddressCount and ipv6Addresses may not be specified together');
  }
  const byDefault = subnet.AssignIpv6AddressOnCreation ? 1 : 0;
  const count = Ipv6Addresses.length > 0 ? 0 : (Ipv6AddressCount ?? byDefault);
  if (count === 0 && Ipv6Addresses.length === 0) return { named: [], count };
  const block = blockOf(subnet);
  if (!block) throw networkErrors.noIpv6Block(subnet.SubnetId ?? '');
  const named = Ipv6Addresses.map(({ Ipv6Address = '' }) => checkInBlock(Ipv6Address, block));
  return { named: [...new Set(named)], count };
}

/**
 * The addresses that were asked for; those that nobody names are drawn at random, as AWS's are.
 *
 * @throws InsufficientFreeAddressesInSubnet
 */
export function chooseIpv6(
  subnet: Subnet,
  { named, count }: AskedIpv6,
  ids: Ids,
  isSetAside: (address: string) => boolean,
): string[] {
  const block = blockOf(subnet);
  if (!block) return [];
  const drawn = Array.from({ length: count }, () => {
    const address = draw(block, ids, isSetAside);
    if (address === undefined) throw errors.noFreeAddresses(subnet.SubnetId ?? '');
    return address;
  });
  return [...named, ...drawn];
}

/**
 * The same for a change that is drawn: they are nobody else's at its commit.
 *
 * @throws InvalidIPAddress.InUse
 */
export async function takeIpv6(
  draft: NetworkDraft,
  asked: AskedIpv6,
  subnet: Subnet,
  holder: string,
  { ids, instances: { addresses } }: Pick<Ec2Scope, 'ids' | 'instances'>,
): Promise<string[]> {
  const reservations = await draft.list('subnet-cidr-reservation');
  const isSetAside = setAside(reservations, subnet.SubnetId ?? '');
  const chosen = chooseIpv6(subnet, asked, ids, isSetAside);
  for (const address of chosen) {
    const slot = addresses.ipv6At(subnet.SubnetId ?? '', address);
    if (await draft.read(slot)) throw errors.addressInUse(address);
    draft.write(set(slot, { address, holder }));
  }
  return chosen;
}

/** Undefined where reservations leave hardly any. */
function draw(block: Cidr, ids: Ids, isSetAside: (address: string) => boolean): string | undefined {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const suffix = Buffer.from(ids.bytes(8)).readBigUInt64BE();
    const address = write(block.first + suffix);
    if (!isReserved(suffix) && !isSetAside(address)) return address;
  }
  return undefined;
}

/** AWS keeps the first four addresses of a subnet's block and the last. */
function isReserved(suffix: bigint): boolean {
  return suffix < 4n || suffix === 2n ** 64n - 1n;
}

/**
 * An address in the form that AWS keeps.
 *
 * @throws InvalidParameterValue
 */
export function parseAddress(given: string): string {
  return write(numbered(given).first);
}

function numbered(given: string): Cidr {
  const address = parseCidr(`${given}/128`, 6);
  if (!address) throw errors.invalidValue(given, 'ipv6Addresses', 'Invalid IPv6 address.');
  return address;
}

function checkInBlock(given: string, block: Cidr): string {
  const address = numbered(given);
  if (!contains(block, address)) {
    throw errors.invalidParameter(
      `Address ${given} does not fall within the subnet's address range`,
    );
  }
  if (isReserved(address.first - block.first)) {
    throw errors.invalidParameter(`Address ${given} is in subnet's reserved address range`);
  }
  return write(address.first);
}

function write(first: bigint): string {
  return cidrText({ family: 6, first, prefix: 128 }).replace('/128', '');
}

function blockOf({ Ipv6CidrBlockAssociationSet: blocks = [] }: Subnet): Cidr | undefined {
  return parseCidr(blocks[0]?.Ipv6CidrBlock ?? '', 6);
}
