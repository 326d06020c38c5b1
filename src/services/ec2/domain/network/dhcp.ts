import type { MachineSpec } from '../../../../compute/driver.ts';
import type { Place } from '../place.ts';
import type { Networks } from './networks.ts';

/** What the DHCP options of a VPC tell a machine; a VPC with none has nobody to ask for names. */
export async function dhcpOf(
  networks: Networks,
  place: Place,
  vpcId: string,
): Promise<NonNullable<MachineSpec['dhcp']>> {
  const vpc = await networks.get('vpc', place, vpcId);
  const options = await networks.get('dhcp-options', place, vpc?.DhcpOptionsId ?? '');
  const valuesOf = (key: string): string[] =>
    (options?.DhcpConfigurations ?? [])
      .filter(({ Key }) => Key === key)
      .flatMap(({ Values = [] }) => Values.flatMap(({ Value }) => Value ?? []));
  const [domainName] = valuesOf('domain-name');
  return {
    nameServers: valuesOf('domain-name-servers'),
    ...(domainName !== undefined && { domainName }),
  };
}
