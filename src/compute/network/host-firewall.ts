import { LINKS_IPV6, PUBLIC_BLOCK } from './addresses.ts';

/** Where AWS's services answer on this host, and at which addresses machines call them. */
export interface ServiceAccess {
  /** Ports of the host's loopback address; undefined while nothing listens. */
  readonly ports?: ServicePorts;
  readonly addresses: readonly string[];
  /** Addresses of VPC endpoints, each with the host's end of the link to its VPC. */
  readonly endpoints: readonly { readonly link: string; readonly address: string }[];
}

export interface ServicePorts {
  readonly http: number;
  readonly https: number;
}

/**
 * What the host does with packets of one cloud's VPCs, as nftables reads it: nothing of a VPC reaches
 * the host's own services but the API that is meant for it, and nothing reaches a VPC but answers, what
 * the host itself sends, and what a VPC sends to public addresses. What goes on to the internet leaves
 * with the host's address, and what is for AWS's services goes nowhere else.
 *
 * @param table the cloud's own
 * @param links the host's ends of the links to its VPCs, as a pattern
 */
export function hostFirewall(table: string, links: string, access: ServiceAccess): string {
  const { ports } = access;
  const calls = ports ? [[80, ports.http] as const, [443, ports.https] as const] : [];
  return `table inet ${table}
delete table inet ${table}
table inet ${table} {
 set addresses { type ipv4_addr; ${elements([...new Set(access.addresses)])} }
 set endpoints {
  type ifname . ipv4_addr;
  ${elements(access.endpoints.map(({ link, address }) => `"${link}" . ${address}`))}
 }
 chain to-services {
  type nat hook prerouting priority dstnat; policy accept;
${lines(calls, ([port, own]) => `iifname "${links}" ip daddr @addresses tcp dport ${port} dnat ip to 127.0.0.1:${own}`)}
${lines(calls, ([port, own]) => `iifname . ip daddr @endpoints tcp dport ${port} dnat ip to 127.0.0.1:${own}`)}
 }
 chain to-host {
  type filter hook input priority -10; policy accept;
  iifname "${links}" ct state established,related accept
${lines(calls, ([, own]) => `iifname "${links}" ct status dnat ip daddr 127.0.0.1 tcp dport ${own} accept`)}
  iifname "${links}" drop
 }
 chain through-host {
  type filter hook forward priority -10; policy accept;
  oifname "${links}" ct state established,related accept
  iifname "${links}" oifname "${links}" ip daddr ${PUBLIC_BLOCK} accept
  oifname "${links}" drop
  iifname "${links}" ip daddr @addresses drop
  iifname . ip daddr @endpoints drop
 }
 chain to-internet {
  type nat hook postrouting priority srcnat; policy accept;
  ip saddr 169.254.0.0/16 oifname != "lo" oifname != "${links}" masquerade
  ip6 saddr ${LINKS_IPV6} oifname != "lo" oifname != "${links}" masquerade
 }
}
`;
}

function lines<Each>(all: readonly Each[], rule: (each: Each) => string): string {
  return all.map((each) => `  ${rule(each)}`).join('\n');
}

/** nftables has no empty list of elements. */
function elements(all: readonly string[]): string {
  return all.length > 0 ? `elements = { ${all.join(', ')} };` : '';
}
