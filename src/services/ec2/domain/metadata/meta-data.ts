import { partitionOf } from '../../../../kernel/arn.ts';
import type { Instance } from '../instances/instance.ts';
import { privateDnsName } from '../instances/names.ts';
import { publicAddressOf } from '../instances/wire.ts';
import { firstInterface, interfaceTrees, type ToldInterface } from './interface-tree.ts';
import type { Tree } from './tree.ts';

/**
 * The tree below `meta-data/`.
 *
 * @param vpcCidrs the VPC's IPv4 blocks, the primary one first
 * @param iam what it may know of its role
 * @param further the interfaces that its machine has beside the first: cloud-init waits for each
 * @param sentKeys those that are good at present, by user
 */
export function metaData(
  instance: Instance,
  vpcCidrs: readonly string[],
  tags: Readonly<Record<string, string>> | undefined,
  further: readonly ToldInterface[] = [],
  iam?: Tree,
  sentKeys?: Tree,
): Tree {
  const { network, region } = instance;
  const interfaces = [firstInterface(instance), ...further];
  const hostname = privateDnsName(region, network.privateAddress);
  return {
    'ami-id': instance.imageId,
    'ami-launch-index': String(instance.launchIndex),
    'ami-manifest-path': '(unknown)',
    'block-device-mapping': blockDevices(instance),
    events: { maintenance: { history: '[]', scheduled: '[]' } },
    hibernation: { configured: 'false' },
    hostname,
    iam,
    'instance-action': 'none',
    'instance-id': instance.id,
    'instance-life-cycle': instance.spot ? 'spot' : 'on-demand',
    'instance-type': instance.instanceType,
    'local-hostname': hostname,
    'local-ipv4': network.privateAddress,
    mac: network.macAddress,
    'managed-ssh-keys': sentKeys && { 'active-keys': sentKeys },
    network: { interfaces: { macs: interfaceTrees(interfaces, instance, vpcCidrs) } },
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
