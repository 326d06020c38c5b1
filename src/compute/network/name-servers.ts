import { isIP } from 'node:net';
import type { MachineSpec } from '../driver.ts';
import { RESOLVER } from './addresses.ts';

/** What DHCP options call the VPC's own resolver. */
const AMAZON = 'AmazonProvidedDNS';

/** The addresses that a machine of a VPC asks for names. */
export function nameServersOf({ dhcp }: Pick<MachineSpec, 'dhcp'>): string[] {
  const servers = (dhcp?.nameServers ?? [AMAZON]).map((each) =>
    each === AMAZON ? RESOLVER : each,
  );
  return servers.filter((server) => isIP(server) !== 0);
}
