import { createHash } from 'node:crypto';
import { BlockList } from 'node:net';

/** The host's end of every link to a VPC. Link-local: it means something on that link only. */
export const HOST_END = '169.254.0.1';
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

/** Where the host finds itself: a security group that lets this address in lets the host in. */
const HOST = '127.0.0.1';

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

/**
 * The way into a machine that no rule closes, from the host only: apart from 127.64.0.0/10, where
 * public addresses come from.
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

/** Blocks as packets show them: a connection from the host has the address of the host's end. */
export function asSeen(blocks: readonly string[]): string[] {
  const some = blocks.filter((block) => !block.endsWith('/0'));
  if (some.length < blocks.length) return ['0.0.0.0/0'];
  return some.some((block) => holds(block, HOST)) ? [...some, HOST_END] : some;
}

function holds(block: string, address: string): boolean {
  const [network = '', prefix = '32'] = block.split('/');
  const list = new BlockList();
  list.addSubnet(network, Number(prefix));
  return list.check(address);
}
