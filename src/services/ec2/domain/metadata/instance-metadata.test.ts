import { createVerify, X509Certificate } from 'node:crypto';
import {
  AllocateAddressCommand,
  AssociateAddressCommand,
  AssociateIamInstanceProfileCommand,
  AssociateVpcCidrBlockCommand,
  AttachVolumeCommand,
  CreatePlacementGroupCommand,
  CreateVolumeCommand,
  DisassociateIamInstanceProfileCommand,
  DisassociateVpcCidrBlockCommand,
  EC2Client,
  RunInstancesCommand,
  type RunInstancesCommandInput,
  waitUntilInstanceRunning,
  waitUntilVolumeAvailable,
} from '@aws-sdk/client-ec2';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../../test/cloud.ts';
import { SessionCredentials } from '../../../../identity/session-credentials.ts';
import { Ids } from '../../../../kernel/ids.ts';
import type { Engine } from '../../../../storage/engine.ts';
import { Instances } from '../instances/instances.ts';
import { Networks } from '../network/networks.ts';
import { RoleCredentials } from '../profiles/role-credentials.ts';
import { Tags } from '../tags.ts';
import { IdentitySigner } from './identity-signer.ts';
import { InstanceMetadata } from './instance-metadata.ts';

let cloud: TestCloud;
let ec2: EC2Client;
let metadata: InstanceMetadata;

beforeAll(async () => {
  let store: Engine | undefined;
  cloud = await startTestCloud({ between: (engine) => (store = engine) });
  ec2 = cloud.client(EC2Client);
  const ids = new Ids();
  const tags = new Tags(store!);
  const sessions = new SessionCredentials(store!, cloud.inside.clock, ids);
  metadata = new InstanceMetadata({
    clock: cloud.inside.clock,
    compute: {},
    instances: new Instances(store!, cloud.inside.clock, tags),
    networks: new Networks(store!, ids, tags),
    tags,
    signer: new IdentitySigner(store!, ids),
    credentials: new RoleCredentials(sessions, cloud.inside.clock),
  });
});
afterAll(() => cloud[Symbol.asyncDispose]());

const soon = () => ({ client: ec2, maxWaitTime: 20, minDelay: 0.02, maxDelay: 0.02 });

async function launch(
  change: Partial<RunInstancesCommandInput> = {},
): Promise<{ id: string; zone: string; vpc: string }> {
  const { Instances: launched } = await ec2.send(
    new RunInstancesCommand({
      ...change,
      ImageId: 'resolve:ssm:/aws/service/alacarte/tiny',
      InstanceType: 't3.micro',
      MinCount: 1,
      MaxCount: 1,
    }),
  );
  const [{ InstanceId: id = '', Placement, VpcId: vpc = '' } = {}] = launched ?? [];
  await waitUntilInstanceRunning(soon(), { InstanceIds: [id] });
  return { id, zone: Placement?.AvailabilityZone ?? '', vpc };
}

it('signs the identity document for the certificate that the admin API shows', async () => {
  const { id } = await launch();
  const read = async (name: string) =>
    String(await metadata.read(id, `dynamic/instance-identity/${name}`));
  expect((await read('')).split('\n')).toEqual(['document', 'pkcs7', 'rsa2048', 'signature']);
  const url = `${cloud.inside.endpoint}/_alacarte/instance-identity-certificate`;
  const { certificate } = (await (await fetch(url)).json()) as { certificate: string };
  const { publicKey } = new X509Certificate(certificate);
  const verifies = async (document: string) =>
    createVerify('sha256')
      .update(document)
      .verify(publicKey, await read('signature'), 'base64');
  const document = await read('document');
  expect(JSON.parse(document)).toMatchObject({ instanceId: id });
  expect(await verifies(document)).toBe(true);
  expect(await verifies(document.replace(id, 'i-0'))).toBe(false);
});

it.each([
  { terms: {}, lifeCycle: 'on-demand' },
  { terms: { InstanceMarketOptions: { MarketType: 'spot' as const } }, lifeCycle: 'spot' },
])('tells an instance that is $lifeCycle so, and of no interruption', async (launched) => {
  const { id } = await launch(launched.terms);
  const read = (path: string) => metadata.read(id, `meta-data/${path}`);
  expect(await read('instance-life-cycle')).toBe(launched.lifeCycle);
  expect(await read('events/maintenance/scheduled')).toBe('[]');
  expect(await read('events/maintenance/history')).toBe('[]');
  expect(await read('events/recommendations/rebalance')).toBeUndefined();
  expect(await read('spot/instance-action')).toBeUndefined();
  expect(await read('spot/termination-time')).toBeUndefined();
});

it('tells of the volumes that are attached and of the elastic IP', async () => {
  const { id: InstanceId, zone } = await launch();
  const { VolumeId = '' } = await ec2.send(
    new CreateVolumeCommand({ AvailabilityZone: zone, Size: 1 }),
  );
  await waitUntilVolumeAvailable(soon(), { VolumeIds: [VolumeId] });
  const block = 'meta-data/block-device-mapping';
  expect(await metadata.read(InstanceId, block)).toBe('ami\nroot');
  await ec2.send(new AttachVolumeCommand({ InstanceId, VolumeId, Device: '/dev/sdf' }));
  await expect.poll(() => metadata.read(InstanceId, block)).toBe('ami\nebs1\nroot');
  expect(await metadata.read(InstanceId, `${block}/ebs1`)).toBe('/dev/sdf');

  const { AllocationId, PublicIp } = await ec2.send(new AllocateAddressCommand({}));
  expect(await metadata.read(InstanceId, 'meta-data/public-ipv4')).not.toBe(PublicIp);
  await ec2.send(new AssociateAddressCommand({ AllocationId, InstanceId }));
  expect(await metadata.read(InstanceId, 'meta-data/public-ipv4')).toBe(PublicIp);
});

it('tells where an instance was placed', async () => {
  await ec2.send(
    new CreatePlacementGroupCommand({
      ...{ GroupName: 'racks', Strategy: 'partition', PartitionCount: 3 },
    }),
  );
  const { id } = await launch({ Placement: { GroupName: 'racks', PartitionNumber: 2 } });
  const read = (name: string) => metadata.read(id, `meta-data/placement/${name}`);
  expect(await read('group-name')).toBe('racks');
  expect(await read('partition-number')).toBe('2');
  const { id: other } = await launch();
  expect(await metadata.read(other, 'meta-data/placement')).toBe(
    'availability-zone\navailability-zone-id\nregion',
  );
});

it('lists all IPv4 blocks of the VPC while they are associated, the primary one first', async () => {
  const { id, vpc: VpcId } = await launch();
  const mac = String(await metadata.read(id, 'meta-data/mac'));
  const ofVpc = async (name: string) =>
    metadata.read(id, `meta-data/network/interfaces/macs/${mac}/${name}`);
  const { CidrBlockAssociation } = await ec2.send(
    new AssociateVpcCidrBlockCommand({ VpcId, CidrBlock: '172.30.0.0/16' }),
  );
  expect(await ofVpc('vpc-ipv4-cidr-blocks')).toBe('172.31.0.0/16\n172.30.0.0/16');
  expect(await ofVpc('vpc-ipv4-cidr-block')).toBe('172.31.0.0/16');
  const { AssociationId } = CidrBlockAssociation ?? {};
  await ec2.send(new DisassociateVpcCidrBlockCommand({ AssociationId }));
  expect(await ofVpc('vpc-ipv4-cidr-blocks')).toBe('172.31.0.0/16');
});

it('gives credentials of its role, which rotate, while it has a profile', async () => {
  const { id: InstanceId } = await launch();
  const read = async (path: string) => String(await metadata.read(InstanceId, `meta-data/${path}`));
  expect(await metadata.read(InstanceId, 'meta-data/iam/security-credentials/')).toBeUndefined();
  expect((await read('')).split('\n')).not.toContain('iam/');

  const { IamInstanceProfileAssociation } = await ec2.send(
    new AssociateIamInstanceProfileCommand({ InstanceId, IamInstanceProfile: { Name: 'cook' } }),
  );
  expect((await read('')).split('\n')).toContain('iam/');
  expect(await read('iam')).toBe('info\nsecurity-credentials/');
  expect(await read('iam/security-credentials/')).toBe('cook');
  expect(JSON.parse(await read('iam/info'))).toEqual({
    Code: 'Success',
    LastUpdated: '2026-11-23T12:00:00Z',
    InstanceProfileArn: 'arn:aws:iam::000000000000:instance-profile/cook',
    InstanceProfileId: IamInstanceProfileAssociation?.IamInstanceProfile?.Id,
  });

  const credentials = async () => {
    const found = JSON.parse(await read('iam/security-credentials/cook')) as Record<string, string>;
    const { AccessKeyId = '', SecretAccessKey = '', Token = '', Expiration = '' } = found;
    return {
      key: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: Token },
      expiresAtMs: Date.parse(Expiration),
    };
  };
  const whoAmI = (key: { accessKeyId: string; secretAccessKey: string; sessionToken: string }) =>
    cloud.client(STSClient, { credentials: { ...key } }).send(new GetCallerIdentityCommand({}));
  const first = await credentials();
  expect(await whoAmI(first.key)).toMatchObject({
    Arn: `arn:aws:sts::000000000000:assumed-role/cook/${InstanceId}`,
    UserId: expect.stringMatching(new RegExp(`^AROA[A-Z2-7]{17}:${InstanceId}$`)),
  });
  await expect(whoAmI({ ...first.key, secretAccessKey: 'wrong' })).rejects.toMatchObject({
    name: 'SignatureDoesNotMatch',
  });
  expect(await credentials()).toEqual(first);

  const { clock } = cloud.inside;
  clock.advance(first.expiresAtMs - clock.now() - 10 * 60_000);
  const second = await credentials();
  expect(second.key.accessKeyId).not.toBe(first.key.accessKeyId);
  expect(second.expiresAtMs).toBeGreaterThan(first.expiresAtMs);

  const { AssociationId } = IamInstanceProfileAssociation ?? {};
  await ec2.send(new DisassociateIamInstanceProfileCommand({ AssociationId }));
  expect(await metadata.read(InstanceId, 'meta-data/iam/security-credentials/')).toBeUndefined();
});
