import {
  asSeen,
  deviceOf,
  doorOf,
  ENDPOINT_HOP,
  HOST_END,
  METADATA,
  NAT_HOP,
  RESOLVER,
} from './addresses.ts';
import { DOOR, tableOf } from './routing.ts';
import type {
  EndpointPlan,
  GroupPlan,
  GroupRulePlan,
  SubnetPlan,
  Traffic,
  VpcPlan,
} from './vpc-plan.ts';

/**
 * RFC 1918 and RFC 6598: nothing for these leaves by a gateway, on to a network that the host is in.
 * https://docs.aws.amazon.com/vpc/latest/reachability/explanation-codes.html
 */
const NOT_PUBLIC = '10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10';

/**
 * What the router of a VPC does with packets, as nftables reads it. One base chain is one thing that
 * AWS does, in AWS's order; a packet that one accepts goes on to the next, and the first that drops it
 * has the last word.
 *
 * | hook | chain | |
 * |---|---|---|
 * | prerouting | `source-check` | drops what comes from an address that its interface does not have |
 * | | `route-tables` | chooses the route table of the subnet that a packet comes from |
 * | | `public-in` | translates public addresses to private ones |
 * | forward | `destination-check` | drops what is for another than the interface that it goes to |
 * | | `internet` | drops what has no public address to leave from or to go to, and what no endpoint serves |
 * | | `acl-out`, `acl-in` | network ACLs, where a packet leaves a subnet and where it comes into one |
 * | | `groups-out`, `groups-in` | security groups of the sender, then of the receiver |
 * | postrouting | `public-out` | has what leaves the VPC leave with the router's address |
 * | input, output | `services`, `hops` | the metadata service, the resolver and DHCP |
 */
export function ruleSet(plan: VpcPlan): string {
  const { resolver, endpoints } = plan;
  const devices = plan.interfaces.map((each) => ({ ...each, device: deviceOf(each.id) }));
  const published = devices.flatMap((each) => each.publicAddresses);
  const behindDoors = devices.filter(({ index }) => index === 0);
  const theirs = devices.flatMap(({ device, addresses }) =>
    addresses.map((address) => `"${device}" . ${address}`),
  );
  const unchecked = devices.filter((each) => !each.sourceDestCheck).map(({ device }) => device);
  const each = (to: (device: (typeof devices)[number]) => string): string[] =>
    devices.map((one) => `"${one.device}" : ${to(one)}`);
  const bySubnet = (name: string) => each(({ subnet }) => `goto ${name}-${subnet}`);
  const byDevice = (name: string) => each(({ device }) => `goto ${name}-${device}`);
  const byEndpoint = (to: (endpoint: EndpointPlan) => string): string[] =>
    endpoints.map((one) => `${one.address} : goto ${to(one)}`);
  const served = [...Object.values(plan.services), ...endpoints.map(({ address }) => address)];
  return table([
    ...set('theirs', 'ifname . ipv4_addr', theirs),
    ...set('unchecked', 'ifname', unchecked.map(quote)),
    ...set(
      'doors',
      'ipv4_addr',
      behindDoors.map(({ machine }) => doorOf(machine)),
    ),
    ...set(
      'public',
      'ipv4_addr',
      published.map(({ leadsTo }) => leadsTo),
    ),
    ...set('served', 'ipv4_addr', [...new Set(served)]),
    ...plan.subnets.flatMap(({ id }) => {
      const inside = devices.filter(({ subnet }) => subnet === id);
      return set(
        `devices-${id}`,
        'ifname',
        inside.map(({ device }) => quote(device)),
      );
    }),
    ...plan.subnets.flatMap(({ id }) => {
      const inside = endpoints.filter(({ subnet }) => subnet === id);
      return set(
        `endpoints-${id}`,
        'ipv4_addr',
        inside.map(({ address }) => address),
      );
    }),
    ...plan.groups.flatMap(peerSets),

    ...plan.subnets.flatMap(aclChains),
    ...plan.groups.flatMap(groupChains),
    ...devices.flatMap(({ device, groups }) => [
      ...chain(
        `groups-out-${device}`,
        groups.map((id) => `jump ${id}-out`),
      ),
      ...chain(
        `groups-in-${device}`,
        groups.map((id) => `jump ${id}-in`),
      ),
    ]),
    ...endpoints.flatMap(({ id, groups }) =>
      chain(
        `groups-in-${deviceOf(id)}`,
        groups.map((group) => `jump ${group}-in`),
      ),
    ),

    ...base('source-check', 'filter hook prerouting priority raw; policy accept', [
      // Who asks for its address comes from it already, so that it is known who asks.
      ...map(
        `ip saddr 0.0.0.0 ${DHCP} ip saddr set iifname map`,
        each(({ addresses: [address = ''] }) => address),
      ),
      'iifname . ip saddr @theirs accept',
      'iifname @unchecked accept',
      'iifname "eni*" drop',
    ]),
    ...base('route-tables', 'filter hook prerouting priority mangle; policy accept', [
      `iifname "outside" ip daddr @doors ct mark set ${DOOR} accept`,
      `ct direction reply ct mark ${DOOR} meta mark set ${DOOR} accept`,
      ...map(
        'meta mark set iifname map',
        each(({ subnet }) => String(tableOf(plan, subnet))),
      ),
    ]),
    ...base('public-in', 'nat hook prerouting priority dstnat; policy accept', [
      ...(resolver ? [`ip daddr ${resolver} udp dport 53 dnat ip to ${RESOLVER}`] : []),
      ...map('iifname "outside" dnat ip to ip daddr map', [
        ...behindDoors.map(({ machine, addresses }) => `${doorOf(machine)} : ${addresses[0]}`),
        ...published.map(({ address, leadsTo }) => `${address} : ${leadsTo}`),
      ]),
    ]),
    ...base('destination-check', 'filter hook forward priority -40; policy accept', [
      'oifname . ip daddr @theirs accept',
      'oifname @unchecked accept',
      'oifname "eni*" drop',
    ]),
    ...base('internet', 'filter hook forward priority -30; policy accept', [
      `ct mark ${DOOR} accept`,
      `oifname "outside" rt ip nexthop { ${HOST_END}, ${NAT_HOP} } ip daddr { ${NOT_PUBLIC} } drop`,
      `oifname "outside" rt ip nexthop ${HOST_END} ip saddr != @public drop`,
      `oifname "outside" rt ip nexthop ${ENDPOINT_HOP} ip daddr != @served drop`,
    ]),
    ...base('acl-out', 'filter hook forward priority -20; policy drop', [
      `ct mark ${DOOR} accept`,
      ...map('iifname vmap', bySubnet('acl-out')),
      ...map(
        'ip saddr vmap',
        byEndpoint(({ subnet }) => `acl-out-${subnet}`),
      ),
      'accept',
    ]),
    ...base('acl-in', 'filter hook forward priority -10; policy drop', [
      `ct mark ${DOOR} accept`,
      ...map('oifname vmap', bySubnet('acl-in')),
      ...map(
        'ip daddr vmap',
        byEndpoint(({ subnet }) => `acl-in-${subnet}`),
      ),
      'accept',
    ]),
    ...base('groups-out', 'filter hook forward priority 0; policy drop', [
      `ct mark ${DOOR} accept`,
      'ct state established,related accept',
      ...map('iifname vmap', byDevice('groups-out')),
      'accept',
    ]),
    ...base('groups-in', 'filter hook forward priority 10; policy drop', [
      `ct mark ${DOOR} accept`,
      'ct state established,related accept',
      ...map('oifname vmap', byDevice('groups-in')),
      ...map(
        'ip daddr vmap',
        byEndpoint(({ id }) => `groups-in-${deviceOf(id)}`),
      ),
      'accept',
    ]),
    // The host's address is what the internet sees: which of its own a packet had is seen by nobody.
    ...base('public-out', 'nat hook postrouting priority srcnat; policy accept', [
      'oifname "outside" masquerade',
    ]),
    ...base('services', 'filter hook input priority 0; policy drop', [
      'ct state established accept',
      // QEMU's own, which is in here with its tap.
      'iifname "lo" accept',
      `iifname "eni*" ip daddr ${METADATA} tcp dport 80 accept`,
      ...(resolver ? [`iifname "eni*" ip daddr ${RESOLVER} udp dport 53 accept`] : []),
      `iifname "eni*" ${DHCP} accept`,
    ]),
    ...base('hops', 'filter hook output priority 0; policy accept', hops(plan)),
  ]);
}

const DHCP = 'udp sport 68 udp dport 67';

function aclChains({ id, acl }: SubnetPlan): string[] {
  const entries = (egress: boolean, side: string) =>
    acl
      .filter((entry) => entry.egress === egress)
      .map(({ cidr, allow, ...traffic }) => {
        const peer = seen([cidr]);
        return `ip ${side} ${peer} ${matching(traffic)}${allow ? 'accept' : 'drop'}`;
      });
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

function groupChains({ id, rules }: GroupPlan): string[] {
  const of = (egress: boolean, side: string) =>
    rules.flatMap((rule, at) =>
      rule.egress === egress ? `ip ${side} @${id}-${at} ${matching(rule)}accept` : [],
    );
  return [...chain(`${id}-out`, of(true, 'daddr')), ...chain(`${id}-in`, of(false, 'saddr'))];
}

/** Blocks that overlap are one. */
function peerSets({ id, rules }: GroupPlan): string[] {
  return rules.flatMap(({ peers }: GroupRulePlan, at) =>
    set(`${id}-${at}`, 'ipv4_addr; flags interval; auto-merge', asSeen(peers)),
  );
}

function seen(blocks: readonly string[]): string {
  return `{ ${asSeen(blocks).join(', ')} }`;
}

const ICMP = 1;
const TCP = 6;
const UDP = 17;

function matching({ protocol, ports, icmp }: Traffic): string {
  if (protocol === undefined) return '';
  if (ports && (protocol === TCP || protocol === UDP)) {
    return `${protocol === TCP ? 'tcp' : 'udp'} dport ${ports[0]}-${ports[1]} `;
  }
  if (icmp && protocol === ICMP && icmp.type !== -1) {
    return `icmp type ${icmp.type} ${icmp.code === -1 ? '' : `icmp code ${icmp.code} `}`;
  }
  return `meta l4proto ${protocol} `;
}

/** An answer that has used up its hops does not get behind the instance that asked. */
function hops({ interfaces }: VpcPlan): string[] {
  return interfaces.flatMap(({ metadataHops, addresses }) =>
    metadataHops === undefined
      ? []
      : `ip saddr ${METADATA} tcp sport 80 ip daddr { ${addresses.join(', ')} } ip ttl set ${metadataHops}`,
  );
}

function table(lines: readonly string[]): string {
  // Made first, as what is not there cannot be replaced; all of it takes effect at once.
  return ['table inet vpc', 'delete table inet vpc', 'table inet vpc {', ...lines, '}', ''].join(
    '\n',
  );
}

function base(name: string, hook: string, rules: readonly string[]): string[] {
  return chain(name, [`type ${hook};`, ...rules]);
}

function chain(name: string, rules: readonly string[]): string[] {
  return [` chain ${name} {`, ...rules.map((rule) => `  ${rule}`), ' }'];
}

function set(name: string, type: string, elements: readonly string[]): string[] {
  const filled = elements.length > 0 ? ` elements = { ${elements.join(', ')} };` : '';
  return [` set ${name} { type ${type};${filled} }`];
}

/** nftables has no empty map. */
function map(statement: string, elements: readonly string[]): string[] {
  return elements.length > 0 ? [`${statement} { ${elements.join(', ')} }`] : [];
}

function quote(name: string): string {
  return `"${name}"`;
}
