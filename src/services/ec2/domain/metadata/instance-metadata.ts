import type { Compute, MetadataSource } from '../../../../compute/compute.ts';
import type { Clock } from '../../../../kernel/clock.ts';
import { takesInterfaces } from '../data-plane/carried.ts';
import type { Instance } from '../instances/instance.ts';
import type { Instances } from '../instances/instances.ts';
import { activeKeys } from '../instances/sent-keys.ts';
import type { Networks } from '../network/networks.ts';
import type { VpcRecord } from '../network/recorded.ts';
import { hasProfile } from '../profiles/associations.ts';
import { profileName, wireProfile } from '../profiles/profile.ts';
import { toTheSecond, type RoleCredentials } from '../profiles/role-credentials.ts';
import type { Tags } from '../tags.ts';
import { identityDocument } from './identity-document.ts';
import type { IdentitySigner } from './identity-signer.ts';
import { furtherInterface, type ToldInterface, type VpcBlocks } from './interface-tree.ts';
import { metaData } from './meta-data.ts';
import { readTree, type Tree } from './tree.ts';

/**
 * What an instance may read of itself at 169.254.169.254.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-categories.html
 */
export class InstanceMetadata implements MetadataSource {
  readonly #clock: Clock;
  readonly #compute: Pick<Compute, 'network'>;
  readonly #instances: Instances;
  readonly #networks: Networks;
  readonly #tags: Tags;
  readonly #signer: IdentitySigner;
  readonly #credentials: RoleCredentials;

  constructor(parts: {
    readonly clock: Clock;
    readonly compute: Pick<Compute, 'network'>;
    readonly instances: Instances;
    readonly networks: Networks;
    readonly tags: Tags;
    readonly signer: IdentitySigner;
    readonly credentials: RoleCredentials;
  }) {
    this.#clock = parts.clock;
    this.#compute = parts.compute;
    this.#instances = parts.instances;
    this.#networks = parts.networks;
    this.#tags = parts.tags;
    this.#signer = parts.signer;
    this.#credentials = parts.credentials;
  }

  async read(machine: string, path: string): Promise<string | Uint8Array | undefined> {
    const instance = await this.#find(machine);
    if (!instance) return undefined;
    // The top lists its directories without the slash, unlike all below it.
    if (path === '')
      return instance.userData ? 'dynamic\nmeta-data\nuser-data' : 'dynamic\nmeta-data';
    if (path === 'meta-data/public-keys' && instance.keyName) return `0=${instance.keyName}`;
    const vpc = await this.#networks.get('vpc', instance, instance.network.vpcId);
    const tags =
      instance.settings.metadata.tags === 'enabled'
        ? await this.#tags.get(instance, instance.id)
        : undefined;
    const document = identityDocument(instance);
    return readTree(
      {
        dynamic: {
          fws: { 'instance-monitoring': instance.settings.monitoring ? 'enabled' : 'disabled' },
          'instance-identity': { document, ...(await this.#signatures(path, document)) },
        },
        'meta-data': metaData(instance, {
          blocks: blocksOf(vpc),
          tags,
          further: await this.#further(instance),
          iam: await this.#iam(instance, path),
          sentKeys: activeKeys(instance, this.#clock.now()),
        }),
        ...(instance.userData && { 'user-data': Buffer.from(instance.userData, 'base64') }),
      },
      path,
    );
  }

  /** The interfaces that were attached to its machine. */
  async #further(instance: Instance): Promise<ToldInterface[]> {
    if (!takesInterfaces({ compute: this.#compute }, instance)) return [];
    const attached = (await this.#networks.list('network-interface', instance)).filter(
      ({ attachment }) => attachment?.instanceId === instance.id,
    );
    if (attached.length === 0) return [];
    const subnets = await this.#networks.list('subnet', instance);
    return attached.map((record) => furtherInterface(record, subnets));
  }

  /** Absent without a profile. Credentials are made only where they are read. */
  async #iam(instance: Instance, path: string): Promise<Tree | undefined> {
    if (!hasProfile(instance)) return undefined;
    if (!path.startsWith('meta-data/iam')) return {};
    const { profile } = instance;
    const { Arn: InstanceProfileArn, Id: InstanceProfileId } = wireProfile(profile);
    const LastUpdated = toTheSecond(profile.associatedAtMs);
    const info = { Code: 'Success', LastUpdated, InstanceProfileArn, InstanceProfileId };
    return {
      info: JSON.stringify(info, null, 2),
      'security-credentials': {
        [profileName(profile.arn)]: await this.#credentials.document(instance),
      },
    };
  }

  /** Only where they are read: a signature takes a millisecond, the first one a new key. */
  async #signatures(path: string, document: string) {
    return path.startsWith('dynamic/instance-identity') ? this.#signer.sign(document) : {};
  }

  async options(machine: string) {
    const instance = await this.#find(machine);
    if (!instance) return undefined;
    const { endpoint, tokens } = instance.settings.metadata;
    return { enabled: endpoint === 'enabled', tokens };
  }

  async #find(machine: string): Promise<Instance | undefined> {
    const instance = await this.#instances.owner(machine);
    return instance?.state === 'terminated' ? undefined : instance;
  }
}

/** The primary block first, as `vpc-ipv4-cidr-blocks` lists them. */
function blocksOf(vpc: VpcRecord | undefined): VpcBlocks {
  const { CidrBlock, CidrBlockAssociationSet = [], Ipv6CidrBlockAssociationSet = [] } = vpc ?? {};
  const further = CidrBlockAssociationSet.filter(
    ({ CidrBlockState }) => CidrBlockState?.State === 'associated',
  ).map((block) => block.CidrBlock);
  return {
    ipv4: [...new Set([CidrBlock, ...further])].filter((cidr) => cidr !== undefined),
    ipv6: Ipv6CidrBlockAssociationSet.flatMap(({ Ipv6CidrBlock }) => Ipv6CidrBlock ?? []),
  };
}
