import { HOST_END, HOST_END_IPV6, PEER_END, PEER_END_IPV6 } from './addresses.ts';
import type { InterfacePlan } from './vpc-plan.ts';

/** What IPv4 and IPv6 have apart; all else is the same for both. */
export interface Family {
  /** nftables' name of its header. */
  readonly header: 'ip' | 'ip6';
  /** nftables' type of its addresses. */
  readonly type: 'ipv4_addr' | 'ipv6_addr';
  /** What names of its sets end in. */
  readonly suffix: string;
  /** Bits of an address. */
  readonly width: 32 | 128;
  readonly everything: string;
  /** Where the host finds itself: who lets this address in lets the host in. */
  readonly host: string;
  /** The host's end of the link to a VPC. */
  readonly hostEnd: string;
  /** The other VPC's end of a peering connection. */
  readonly peerEnd: string;
  readonly addressesOf: (
    card: Pick<InterfacePlan, 'addresses' | 'ipv6Addresses'>,
  ) => readonly string[];
}

export const IPV4: Family = {
  ...{ header: 'ip', type: 'ipv4_addr', suffix: '', width: 32 },
  ...{ everything: '0.0.0.0/0', host: '127.0.0.1' },
  ...{ hostEnd: HOST_END, peerEnd: PEER_END },
  addressesOf: ({ addresses }) => addresses,
};

export const IPV6: Family = {
  ...{ header: 'ip6', type: 'ipv6_addr', suffix: '-6', width: 128 },
  ...{ everything: '::/0', host: '::1' },
  ...{ hostEnd: HOST_END_IPV6, peerEnd: PEER_END_IPV6 },
  addressesOf: ({ ipv6Addresses }) => ipv6Addresses,
};

export const FAMILIES: readonly Family[] = [IPV4, IPV6];

/** Those of a family among blocks and addresses. */
export function ofFamily(family: Family, blocks: readonly string[]): string[] {
  return blocks.filter((block) => block.includes(':') === (family === IPV6));
}
