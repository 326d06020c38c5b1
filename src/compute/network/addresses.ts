import { createHash } from 'node:crypto';

/** The host's end of every link to a VPC. Link-local: it means something on that link only. */
export const HOST_END = '169.254.0.1';
/** The same of IPv6. It is not link-local, as what leaves for the internet by it is not. */
export const HOST_END_IPV6 = 'fd00:a9fe::1';
/** What the ends of links to VPCs have in common. */
export const LINKS_IPV6 = 'fd00:a9fe::/32';
/** Where machines send IPv6 packets to. */
export const GATEWAY_IPV6 = 'fe80::1';
export const PEER_END_IPV6 = 'fe80::3';
/** The next hop that stands for a VPC's NAT gateways, beside its internet gateway's. */
export const NAT_HOP = '169.254.0.2';
/** The next hop that stands for a VPC's endpoints. */
export const ENDPOINT_HOP = '169.254.0.4';
/** A VPC's end of its peering connections. */
export const PEER_END = '169.254.0.3';
/** Link addresses that never have to be asked for. */
export const HOST_MAC = '02:00:a9:fe:00:01';
export const ROUTER_MAC = '02:00:a9:fe:00:02';
export const PEER_MAC = '02:00:a9:fe:00:03';

export const METADATA = '169.254.169.254';
/** Answers in every VPC, beside the address in its own block. */
export const RESOLVER = '169.254.169.253';

/**
 * Addresses for the router's end of a VPC's link, best first. The host tells VPCs by it when answers
 * come back from the internet, so two must not have the same.
 */
export function* routerEnds(name: string): Generator<string> {
  for (let tries = 0; ; tries++) {
    const [a = 0, b = 0] = createHash('sha256').update(`${tries} ${name}`).digest();
    // Out of 169.254.192.0/18, without a zero or 255 at the end.
    yield `169.254.${192 + (a % 64)}.${1 + (b % 254)}`;
  }
}

/** The IPv6 address beside a router's end. */
export function ipv6Beside(end: string): string {
  const [, , c = 0, d = 0] = end.split('.').map(Number);
  return `fd00:a9fe::${(c * 256 + d).toString(16)}`;
}

/** Addresses of the host's loopback network that machines have as public ones. */
export const PUBLIC_BLOCK = '127.64.0.0/10';

/**
 * The way into a machine that no rule closes, from the host only: apart from where public addresses come
 * from.
 */
export function doorOf(machine: string): string {
  const [a = 0, b = 0, c = 0] = createHash('sha256').update(machine).digest();
  return `127.${128 + (a % 64)}.${b}.${1 + (c % 254)}`;
}

/** The router's address in a subnet: the first behind the network's own. */
export function gatewayOf(cidr: string): string {
  const [network = ''] = cidr.split('/');
  const [a, b, c, d] = network.split('.').map(Number);
  return [a, b, c, (d ?? 0) + 1].join('.');
}

/** The router's name for an interface or a peering connection: the kernel takes 15 characters. */
export function deviceOf(id: string): string {
  return `${id.split('-')[0]}${id.slice(-12)}`;
}
