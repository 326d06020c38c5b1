import { partitionOf } from '../../../../kernel/arn.ts';
import type { Instance } from '../instances/instance.ts';
import { privateDnsName } from '../instances/names.ts';
import { publicAddressOf } from '../instances/wire.ts';
import {
  firstInterface,
  interfaceTrees,
  type ToldInterface,
  type VpcBlocks,
} from './interface-tree.ts';
import type { Tree } from './tree.ts';

/** What the metadata service tells beside an instance's record. Absent parts are left out. */
interface Surroundings {
  readonly blocks: VpcBlocks;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  /** The interfaces that its machine has beside the first: cloud-init waits for each. */
  readonly further: readonly ToldInterface[];
  /** What it may know of its role. */
  readonly iam: Tree | undefined;
  /** Lines for `authorized_keys` that are good at present, by user. */
  readonly sentKeys: Readonly<Record<string, string>> | undefined;
}

/** The tree below `meta-data/`. */
export function metaData(
  instance: Instance,
  { blocks, tags, further, iam, sentKeys }: Surroundings,
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
    ...(network.ipv6Addresses?.[0] && { ipv6: network.ipv6Addresses[0] }),
    'local-hostname': hostname,
    'local-ipv4': network.privateAddress,
    mac: network.macAddress,
    'managed-ssh-keys': sentKeys && { 'active-keys': sentKeys },
    network: { interfaces: { macs: interfaceTrees(interfaces, instance, blocks) } },
    placement: placementOf(instance),
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

function placementOf({ network, region, placement, host }: Instance): Tree {
  return {
    'availability-zone': network.zone,
    'availability-zone-id': network.zoneId,
    'group-name': placement?.groupName,
    'host-id': host?.id,
    'partition-number':
      placement?.partition === undefined ? undefined : String(placement.partition),
    region,
  };
}

function publicNames(address: string | undefined): Record<string, string> {
  return address ? { 'public-hostname': address, 'public-ipv4': address } : {};
}
