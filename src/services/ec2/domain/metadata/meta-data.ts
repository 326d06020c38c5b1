import { partitionOf } from '../../../../kernel/arn.ts';
import type { Instance } from '../instances/instance.ts';
import { privateDnsName } from '../instances/names.ts';
import { publicAddressOf } from '../instances/wire.ts';
import type { Tree } from './tree.ts';

/**
 * The tree below `meta-data/`. Only the first interface is in it: machines do not have further ones
 * yet, and cloud-init waits for each that is told of.
 *
 * @param vpcCidrs the VPC's IPv4 blocks, the primary one first
 */
export function metaData(
  instance: Instance,
  vpcCidrs: readonly string[],
  tags: Readonly<Record<string, string>> | undefined,
): Tree {
  const { network, region } = instance;
  const hostname = privateDnsName(region, network.privateAddress);
  return {
    'ami-id': instance.imageId,
    'ami-launch-index': String(instance.launchIndex),
    'ami-manifest-path': '(unknown)',
    'block-device-mapping': blockDevices(instance),
    events: { maintenance: { history: '[]', scheduled: '[]' } },
    hibernation: { configured: 'false' },
    hostname,
    'instance-action': 'none',
    'instance-id': instance.id,
    'instance-life-cycle': 'on-demand',
    'instance-type': instance.instanceType,
    'local-hostname': hostname,
    'local-ipv4': network.privateAddress,
    mac: network.macAddress,
    network: { interfaces: { macs: { [network.macAddress]: interfaceTree(instance, vpcCidrs) } } },
    placement: {
      'availability-zone': network.zone,
      'availability-zone-id': network.zoneId,
      region,
    },
    profile: 'default-hvm',
    ...publicNames(publicAddressOf(instance)),
    ...(instance.publicKey && { 'public-keys': { 0: { 'openssh-key': instance.publicKey } } }),
    'reservation-id': instance.reservationId,
    'security-groups': network.groups.map(({ name }) => name).join('\n'),
    services: {
      domain: region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com',
      partition: partitionOf(region),
    },
    system: 'nitro',
    ...(tags && { tags: { instance: tags } }),
  };
}

function interfaceTree(instance: Instance, vpcCidrs: readonly string[]): Tree {
  const { network, account, region } = instance;
  const { privateAddress } = network;
  const publicAddress = publicAddressOf(instance);
  return {
    'device-number': '0',
    'interface-id': network.interfaceId,
    ...(publicAddress && { 'ipv4-associations': { [publicAddress]: privateAddress } }),
    'local-hostname': privateDnsName(region, privateAddress),
    'local-ipv4s': privateAddress,
    mac: network.macAddress,
    'owner-id': account,
    ...(publicAddress && { 'public-hostname': publicAddress, 'public-ipv4s': publicAddress }),
    'security-group-ids': network.groups.map(({ id }) => id).join('\n'),
    'security-groups': network.groups.map(({ name }) => name).join('\n'),
    'subnet-id': network.subnetId,
    'subnet-ipv4-cidr-block': network.subnetCidr,
    'vpc-id': network.vpcId,
    'vpc-ipv4-cidr-block': vpcCidrs[0],
    'vpc-ipv4-cidr-blocks': vpcCidrs.join('\n'),
  };
}

/** Volumes beside the root are numbered from one, in the order in which they were attached. */
function blockDevices({ rootDeviceName, attached = [] }: Instance): Tree {
  const further = attached
    .filter(({ state }) => state === 'attached')
    .toSorted((a, b) => a.atMs - b.atMs)
    .map(({ device }, at): [string, string] => [`ebs${at + 1}`, device]);
  return { ami: rootDeviceName, ...Object.fromEntries(further), root: rootDeviceName };
}

function publicNames(address: string | undefined): Record<string, string> {
  return address ? { 'public-hostname': address, 'public-ipv4': address } : {};
}
