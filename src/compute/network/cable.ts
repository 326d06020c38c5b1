import { run } from '../run.ts';
import { deviceOf, GATEWAY_IPV6, gatewayOf, ROUTER_MAC } from './addresses.ts';
import type { InterfacePlan } from './vpc-plan.ts';

/** Two ends of a cable: one in a router, and `eth0` and so on in a machine's network namespace. */
export type End = Pick<InterfacePlan, 'id' | 'index' | 'macAddress' | 'addresses'> & {
  /** The block of its subnet. */
  readonly cidr: string;
};

/** What `ip -batch` in the router has to do for a cable to the network namespace of a process. */
export function cable({ id, index, macAddress }: End, pid: number): string[] {
  const device = deviceOf(id);
  const peer = `eth${index} address ${macAddress} netns ${pid}`;
  return [`link add ${device} type veth peer name ${peer}`, ...routerEnd(device)];
}

/** The same for one whose other end is a file that QEMU opens: it stays when QEMU has ended. */
export function tap({ id }: Pick<End, 'id'>): string[] {
  const device = deviceOf(id);
  return [`tuntap add dev ${device} mode tap`, ...routerEnd(device)];
}

function routerEnd(device: string): string[] {
  return [
    `link set dev ${device} addrgenmode none address ${ROUTER_MAC} up`,
    // It answers for others at once: usually it would give them some time to do so.
    `ntable change name arp_cache dev ${device} proxy_delay 0`,
  ];
}

/**
 * Sets up a further interface inside, as Amazon Linux does on EC2: what has one of its addresses
 * leaves by it, everything else by the first.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-net-utils.html
 */
export async function setUpInside(end: End, pid: number): Promise<void> {
  const { index, addresses, cidr } = end;
  const device = `eth${index}`;
  const prefix = cidr.split('/')[1];
  const table = FIRST_TABLE + index;
  const lines = [
    // Left by one that was at this place before.
    `while ip rule delete priority ${table} 2>/dev/null; do :; done`,
    ...addresses.map((address) => `ip address replace ${address}/${prefix} dev ${device}`),
    `ip link set dev ${device} up`,
    `ip route replace default via ${gatewayOf(cidr)} dev ${device} onlink table ${table}`,
    ...addresses.map((address) => `ip rule add from ${address} lookup ${table} priority ${table}`),
  ];
  await run('nsenter', ['--target', String(pid), '--net', 'sh', '-ec', lines.join('\n')]);
}

/**
 * Gives an interface inside these IPv6 addresses and no others, for no machine finds out by itself.
 * What has one of them leaves by it.
 */
export async function setUpIpv6Inside(
  { index, ipv6Addresses }: Pick<InterfacePlan, 'index' | 'ipv6Addresses'>,
  pid: number,
): Promise<void> {
  const device = `eth${index}`;
  const table = FIRST_TABLE + index;
  const way = `via ${GATEWAY_IPV6} dev ${device} onlink`;
  const lines = [
    `while ip -6 rule delete priority ${table} 2>/dev/null; do :; done`,
    `ip -6 address flush dev ${device} scope global`,
    `ip link set dev ${device} up`,
    ...ipv6Addresses.flatMap((address) => [
      `ip -6 address replace ${address}/128 dev ${device} nodad`,
      `ip -6 rule add from ${address} lookup ${table} priority ${table}`,
    ]),
    `ip -6 route replace default ${way} table ${table}`,
    // The first one's is tried first where nobody has said which address to leave with.
    `ip -6 route replace default ${way} metric ${1024 + index}`,
  ];
  await run('nsenter', ['--target', String(pid), '--net', 'sh', '-ec', lines.join('\n')]);
}

/** Tables inside are numbered from here. */
const FIRST_TABLE = 100;
