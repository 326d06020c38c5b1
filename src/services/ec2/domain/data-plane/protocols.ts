const NUMBERS: Readonly<Record<string, number>> = { icmp: 1, tcp: 6, udp: 17, icmpv6: 58 };

/** IP's number of a protocol as EC2 writes it; undefined for `-1`, which is all of them. */
export function protocolNumber(protocol = '-1'): number | undefined {
  return protocol === '-1' ? undefined : (NUMBERS[protocol] ?? Number(protocol));
}
