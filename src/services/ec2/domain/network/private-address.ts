import type { Subnet } from '@aws-sdk/client-ec2';
import * as errors from '../../errors.ts';
import type { Addresses } from './address-claims.ts';
import { isAllottable, parseBlock, toNumber } from './addresses.ts';
import { setAside } from './cidr-reservations.ts';
import type { NetworkDraft } from './network-draft.ts';

/**
 * The address that was asked for, or the subnet's first free one; nobody else's at the commit.
 *
 * @throws InvalidParameterValue, InvalidIPAddress.InUse, InsufficientFreeAddressesInSubnet
 */
export async function privateAddressIn(
  draft: NetworkDraft,
  addresses: Addresses,
  subnet: Subnet,
  asked: string | undefined,
): Promise<string> {
  const { SubnetId = '', CidrBlock = '' } = subnet;
  if (asked !== undefined) checkInSubnet(asked, CidrBlock);
  const isSetAside = setAside(await draft.list('subnet-cidr-reservation'), SubnetId);
  const [address] = asked ? [asked] : await addresses.freePrivate(subnet, 1, 0, isSetAside);
  if (!address) throw errors.noFreeAddresses(SubnetId);
  if (await draft.read(addresses.privateAt(SubnetId, address))) throw errors.addressInUse(address);
  return address;
}

/** @throws InvalidParameterValue for an address that nothing in the subnet can have */
export function checkInSubnet(address: string, cidr: string): void {
  const number = toNumber(address);
  if (number === undefined) {
    throw errors.invalidValue(address, 'PrivateIpAddress', 'Invalid IPv4 address.');
  }
  const block = parseBlock(cidr);
  if (number < block.first || number >= block.first + block.size) {
    throw errors.invalidParameter(
      `Address ${address} does not fall within the subnet's address range`,
    );
  }
  if (!isAllottable(block, number)) {
    throw errors.invalidParameter(`Address ${address} is in subnet's reserved address range`);
  }
}
