import { BlockList } from 'node:net';
import { FAMILIES, IPV6, ofFamily, type Family } from './families.ts';
import { chain, set } from './nftables.ts';
import type { GroupPlan, SubnetPlan, Traffic } from './vpc-plan.ts';

/** The chains of a subnet's network ACL, which drop what no entry decides on. */
export function aclChains({ id, acl }: SubnetPlan): string[] {
  const entries = (egress: boolean, side: string) =>
    acl
      .filter((entry) => entry.egress === egress)
      .flatMap(({ cidr, allow, ...traffic }) =>
        byFamily([cidr]).map(({ header, peers }) => {
          const peer = `{ ${peers.join(', ')} }`;
          return `${header} ${side} ${peer} ${matching(traffic)}${allow ? 'accept' : 'drop'}`;
        }),
      );
  return [
    ...chain(`acl-out-${id}`, [
      `oifname @devices-${id} accept`,
      `ip daddr @endpoints-${id} accept`,
      ...entries(true, 'daddr'),
      'drop',
    ]),
    ...chain(`acl-in-${id}`, [
      `iifname @devices-${id} accept`,
      `ip saddr @endpoints-${id} accept`,
      ...entries(false, 'saddr'),
      'drop',
    ]),
  ];
}

/** The chains of a security group, which accept what one of its rules lets through. */
export function groupChains({ id, rules }: GroupPlan): string[] {
  const of = (egress: boolean, side: string) =>
    rules.flatMap((rule, at) =>
      rule.egress === egress
        ? byFamily(rule.peers).map(
            ({ header, suffix }) =>
              `${header} ${side} @${id}-${at}${suffix} ${matching(rule)}accept`,
          )
        : [],
    );
  return [...chain(`${id}-out`, of(true, 'daddr')), ...chain(`${id}-in`, of(false, 'saddr'))];
}

/** Whom each rule of a group is about. Blocks that overlap are one. */
export function peerSets({ id, rules }: GroupPlan): string[] {
  return rules.flatMap((rule, at) =>
    byFamily(rule.peers).flatMap(({ type, suffix, peers }) =>
      set(`${id}-${at}${suffix}`, `${type}; flags interval; auto-merge`, peers),
    ),
  );
}

/** The families that these are of, with what packets show of them. */
function byFamily(peers: readonly string[]) {
  return FAMILIES.map((family) => ({
    ...family,
    peers: asSeen(family, ofFamily(family, peers)),
  })).filter((each) => each.peers.length > 0);
}

/** Blocks as packets show them: a connection from the host has the address of the host's end. */
function asSeen(family: Family, blocks: readonly string[]): string[] {
  const some = blocks.filter((block) => !block.endsWith('/0'));
  if (some.length < blocks.length) return [family.everything];
  const isForHost = some.some((block) => holds(block, family));
  return isForHost ? [...some, family.hostEnd] : some;
}

function holds(block: string, family: Family): boolean {
  const [network = '', prefix = String(family.width)] = block.split('/');
  const kind = family === IPV6 ? 'ipv6' : 'ipv4';
  const list = new BlockList();
  list.addSubnet(network, Number(prefix), kind);
  return list.check(family.host, kind);
}

const ICMP: Readonly<Record<number, string>> = { 1: 'icmp', 58: 'icmpv6' };
const TCP = 6;
const UDP = 17;

function matching({ protocol, ports, icmp }: Traffic): string {
  if (protocol === undefined) return '';
  if (ports && (protocol === TCP || protocol === UDP)) {
    return `${protocol === TCP ? 'tcp' : 'udp'} dport ${ports[0]}-${ports[1]} `;
  }
  const named = ICMP[protocol];
  if (icmp && named && icmp.type !== -1) {
    const code = icmp.code === -1 ? '' : `${named} code ${icmp.code} `;
    return `${named} type ${icmp.type} ${code}`;
  }
  return `meta l4proto ${protocol} `;
}
