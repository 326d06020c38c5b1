import type { Instance, InstanceNetwork } from '../instances/instance.ts';
import type { NetworkInterfaceRecord } from './network-interface.ts';

/** What an instance records of its first interface, beside where that is and since when. */
type FirstInterface = Pick<
  InstanceNetwork,
  | 'interfaceId'
  | 'description'
  | 'macAddress'
  | 'privateAddress'
  | 'further'
  | 'ipv6Addresses'
  | 'groups'
  | 'sourceDestCheck'
  | 'elasticIp'
  | 'furtherElasticIps'
>;

/** An interface that was made by itself, as the first one of an instance, which then records it. */
export function asFirst(record: NetworkInterfaceRecord): FirstInterface {
  const { ipv6Addresses, elasticIp, furtherElasticIps } = record;
  const [privateAddress = '', ...further] = record.addresses;
  return {
    interfaceId: record.NetworkInterfaceId,
    description: record.Description,
    macAddress: record.MacAddress,
    privateAddress,
    ...(further.length > 0 && { further }),
    ...(ipv6Addresses && { ipv6Addresses }),
    groups: record.Groups.map(({ GroupId = '', GroupName = '' }) => ({
      id: GroupId,
      name: GroupName,
    })),
    sourceDestCheck: record.SourceDestCheck,
    ...(elasticIp && { elasticIp }),
    ...(furtherElasticIps && { furtherElasticIps }),
  };
}

/** The first interface of an instance as one by itself, as which it stays where the instance goes. */
export function onItsOwn({ network }: Instance): NetworkInterfaceRecord {
  const { ipv6Addresses, elasticIp, furtherElasticIps } = network;
  return {
    NetworkInterfaceId: network.interfaceId,
    VpcId: network.vpcId,
    SubnetId: network.subnetId,
    AvailabilityZone: network.zone,
    AvailabilityZoneId: network.zoneId,
    Description: network.description,
    MacAddress: network.macAddress,
    SourceDestCheck: network.sourceDestCheck,
    Groups: network.groups.map(({ id, name }) => ({ GroupId: id, GroupName: name })),
    addresses: [network.privateAddress, ...(network.further ?? [])],
    ...(ipv6Addresses && { ipv6Addresses }),
    ...(elasticIp && { elasticIp }),
    ...(furtherElasticIps && { furtherElasticIps }),
  };
}
