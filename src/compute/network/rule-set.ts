import {
  deviceOf,
  doorOf,
  ENDPOINT_HOP,
  HOST_END,
  METADATA,
  NAT_HOP,
  PUBLIC_BLOCK,
  RESOLVER,
} from './addresses.ts';
import { FAMILIES, IPV4, IPV6, ofFamily } from './families.ts';
import { base, chain, map, quote, set, table } from './nftables.ts';
import { aclChains, groupChains, peerSets } from './permissions.ts';
import { DOOR, tableOf } from './routing.ts';
import type { EndpointPlan, VpcPlan } from './vpc-plan.ts';

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
 * | | `internet` | drops what has no public address to leave from or to go to, what no endpoint serves, and IPv6 from outside but where an internet gateway lets it in |
 * | | `acl-out`, `acl-in` | network ACLs, where a packet leaves a subnet and where it comes into one |
 * | | `groups-out`, `groups-in` | security groups of the sender, then of the receiver |
 * | postrouting | `public-out` | has what leaves the VPC leave with a public address, for the internet with the router's |
 * | input, output | `services`, `hops` | the metadata service, the resolver and DHCP |
 */
export function ruleSet(plan: VpcPlan): string {
  const { resolver, endpoints } = plan;
  const devices = plan.interfaces.map((each) => ({ ...each, device: deviceOf(each.id) }));
  const published = devices.flatMap((each) => each.publicAddresses);
  const behindDoors = devices.filter(({ index }) => index === 0);
  const unchecked = devices.filter((each) => !each.sourceDestCheck).map(({ device }) => device);
  const each = (to: (device: (typeof devices)[number]) => string): string[] =>
    devices.map((one) => `"${one.device}" : ${to(one)}`);
  const bySubnet = (name: string) => each(({ subnet }) => `goto ${name}-${subnet}`);
  const byDevice = (name: string) => each(({ device }) => `goto ${name}-${device}`);
  const byEndpoint = (to: (endpoint: EndpointPlan) => string): string[] =>
    endpoints.map((one) => `${one.address} : goto ${to(one)}`);
  const served = [...Object.values(plan.services), ...endpoints.map(({ address }) => address)];
  return table('vpc', [
    ...FAMILIES.flatMap(({ suffix, type, addressesOf }) =>
      set(
        `theirs${suffix}`,
        `ifname . ${type}`,
        devices.flatMap((one) => addressesOf(one).map((own) => `"${one.device}" . ${own}`)),
      ),
    ),
    ...set('open', 'ipv6_addr', openToInternet(plan)),
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
      ...FAMILIES.map(({ header, suffix }) => `iifname . ${header} saddr @theirs${suffix} accept`),
      // Machines ask for the router's own address.
      `iifname "eni*" icmpv6 type ${NEIGHBORS} accept`,
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
      ...FAMILIES.map(({ header, suffix }) => `oifname . ${header} daddr @theirs${suffix} accept`),
      'oifname @unchecked accept',
      'oifname "eni*" drop',
    ]),
    ...base('internet', 'filter hook forward priority -30; policy accept', [
      `ct mark ${DOOR} accept`,
      // What goes by the host to another machine comes back on the same link, for good reason.
      'iifname "outside" icmp type redirect drop',
      `oifname "outside" rt ip nexthop { ${HOST_END}, ${NAT_HOP} } ip daddr { ${NOT_PUBLIC} } drop`,
      `oifname "outside" rt ip nexthop ${HOST_END} ip saddr != @public drop`,
      `oifname "outside" rt ip nexthop ${ENDPOINT_HOP} ip daddr != @served drop`,
      'iifname "outside" ct direction original ip6 daddr != @open drop',
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
    // Other machines see public addresses; of the internet only the host's address is seen.
    ...base('public-out', 'nat hook postrouting priority srcnat; policy accept', [
      ...map(
        `oifname "outside" ip daddr ${PUBLIC_BLOCK} snat ip to ip saddr map`,
        published.map(({ address, leadsTo }) => `${leadsTo} : ${address}`),
      ),
      ...map(
        `oifname "outside" ip daddr ${PUBLIC_BLOCK} snat ip to meta mark map`,
        addressesOfNat(plan),
      ),
      'oifname "outside" masquerade',
    ]),
    ...base('services', 'filter hook input priority 0; policy drop', [
      'ct state established accept',
      `icmpv6 type ${NEIGHBORS} accept`,
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

/** Who asks for a neighbor's address, and tells. */
const NEIGHBORS = '{ nd-neighbor-solicit, nd-neighbor-advert }';

/** IPv6 addresses are public: what keeps the internet out is that no internet gateway leads there. */
function openToInternet({ subnets, interfaces }: VpcPlan): string[] {
  const open = subnets.filter(({ routes }) =>
    routes.some(
      ({ destination, target }) =>
        target.kind === 'internet' && ofFamily(IPV6, [destination]).length > 0,
    ),
  );
  return interfaces
    .filter(({ subnet }) => open.some(({ id }) => id === subnet))
    .flatMap(({ ipv6Addresses }) => ipv6Addresses);
}

/** The address that packets get that leave a subnet for the internet by a NAT gateway, by their mark. */
function addressesOfNat(plan: VpcPlan): string[] {
  return plan.subnets.flatMap(({ id, routes }) => {
    const target = routes.find(({ destination }) => destination === IPV4.everything)?.target;
    const gateway = plan.natGateways.find(
      (each) => target?.kind === 'nat' && each.id === target.id,
    );
    return gateway ? `${tableOf(plan, id)} : ${gateway.publicAddress}` : [];
  });
}

/** An answer that has used up its hops does not get behind the instance that asked. */
function hops({ interfaces }: VpcPlan): string[] {
  return interfaces.flatMap(({ metadataHops, addresses }) =>
    metadataHops === undefined
      ? []
      : `ip saddr ${METADATA} tcp sport 80 ip daddr { ${addresses.join(', ')} } ip ttl set ${metadataHops}`,
  );
}
