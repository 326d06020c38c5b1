/**
 * What the host does with packets of one cloud's VPCs, as nftables reads it: nothing of a VPC reaches
 * the host's own services, and nothing reaches a VPC but answers and what the host itself sends.
 * What goes on to the internet leaves with the host's address.
 *
 * @param table the cloud's own
 * @param links the host's ends of the links to its VPCs, as a pattern
 */
export function hostFirewall(table: string, links: string): string {
  return `table inet ${table}
delete table inet ${table}
table inet ${table} {
 chain to-host {
  type filter hook input priority -10; policy accept;
  iifname "${links}" ct state established,related accept
  iifname "${links}" drop
 }
 chain through-host {
  type filter hook forward priority -10; policy accept;
  oifname "${links}" ct state established,related accept
  oifname "${links}" drop
 }
 chain to-internet {
  type nat hook postrouting priority srcnat; policy accept;
  ip saddr 169.254.0.0/16 oifname != "lo" oifname != "${links}" masquerade
 }
}
`;
}
