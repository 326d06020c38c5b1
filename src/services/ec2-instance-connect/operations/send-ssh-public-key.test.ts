import { generateKeyPairSync } from 'node:crypto';
import {
  EC2Client,
  RunInstancesCommand,
  StopInstancesCommand,
  waitUntilInstanceRunning,
} from '@aws-sdk/client-ec2';
import {
  EC2InstanceConnectClient,
  SendSSHPublicKeyCommand,
  type SendSSHPublicKeyCommandInput,
} from '@aws-sdk/client-ec2-instance-connect';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';
import { SessionCredentials } from '../../../identity/session-credentials.ts';
import { Ids } from '../../../kernel/ids.ts';
import type { Engine } from '../../../storage/engine.ts';
import { Instances } from '../../ec2/domain/instances/instances.ts';
import { authorizedKey, publicKeyOf } from '../../ec2/domain/key-pairs/public-key.ts';
import { IdentitySigner } from '../../ec2/domain/metadata/identity-signer.ts';
import { InstanceMetadata } from '../../ec2/domain/metadata/instance-metadata.ts';
import { Networks } from '../../ec2/domain/network/networks.ts';
import { RoleCredentials } from '../../ec2/domain/profiles/role-credentials.ts';
import { Tags } from '../../ec2/domain/tags.ts';

const ROOT = 'arn:aws:iam::000000000000:root';

let cloud: TestCloud;
let metadata: InstanceMetadata;
let ec2: EC2Client;
let id: string;
let zone: string;

beforeEach(async () => {
  let store: Engine | undefined;
  cloud = await startTestCloud({ between: (engine) => (store = engine) });
  metadata = metadataIn(store!);
  ec2 = cloud.client(EC2Client);
  const { Instances: launched = [] } = await ec2.send(
    new RunInstancesCommand({
      ImageId: 'resolve:ssm:/aws/service/alacarte/tiny',
      ...{ MinCount: 1, MaxCount: 1 },
    }),
  );
  id = launched[0]?.InstanceId ?? '';
  zone = launched[0]?.Placement?.AvailabilityZone ?? '';
  const patience = { client: ec2, maxWaitTime: 20, minDelay: 0.02, maxDelay: 0.02 };
  await waitUntilInstanceRunning(patience, { InstanceIds: [id] });
});

afterEach(() => cloud[Symbol.asyncDispose]());

const newKey = () =>
  authorizedKey(publicKeyOf(generateKeyPairSync('ed25519').publicKey), 'cook@kitchen');

function send(change: Partial<SendSSHPublicKeyCommandInput> = {}) {
  const usual = { InstanceId: id, InstanceOSUser: 'ec2-user', SSHPublicKey: newKey() };
  const command = new SendSSHPublicKeyCommand({ ...usual, ...change });
  return cloud.client(EC2InstanceConnectClient).send(command);
}

/** What the instance's metadata has at a path. */
const read = (path: string) => metadata.read(id, `meta-data/${path}`);

function metadataIn(store: Engine): InstanceMetadata {
  const { clock } = cloud.inside;
  const ids = new Ids();
  const tags = new Tags(store);
  return new InstanceMetadata({
    ...{ clock, tags, compute: {} },
    instances: new Instances(store, clock, tags),
    networks: new Networks(store, ids, tags),
    signer: new IdentitySigner(store, ids),
    credentials: new RoleCredentials(new SessionCredentials(store, clock, ids), clock),
  });
}

test('offers a key for a minute to the user that it was sent for', async () => {
  expect(await read('managed-ssh-keys')).toBeUndefined();
  const SSHPublicKey = newKey();
  const { Success, RequestId } = await send({ SSHPublicKey, AvailabilityZone: zone });
  expect(Success).toBe(true);
  expect(RequestId).toMatch(/^[0-9a-f-]{36}$/);
  const line = `${SSHPublicKey.replace(' cook@kitchen', '')} ${ROOT}`;
  expect(await read('managed-ssh-keys')).toBe('active-keys/');
  expect(await read('managed-ssh-keys/active-keys')).toBe('ec2-user');
  expect(await read('managed-ssh-keys/active-keys/ec2-user')).toBe(line);

  cloud.inside.clock.advance(40_000);
  await send({ InstanceOSUser: 'cook' });
  await send();
  expect(await read('managed-ssh-keys/active-keys')).toBe('ec2-user\ncook');
  const both = String(await read('managed-ssh-keys/active-keys/ec2-user')).split('\n');
  expect(both).toEqual([line, expect.stringMatching(/^ssh-ed25519 /)]);
  cloud.inside.clock.advance(20_000);
  expect(await read('managed-ssh-keys/active-keys/ec2-user')).toBe(both[1]);
  cloud.inside.clock.advance(40_000);
  expect(await read('managed-ssh-keys')).toBeUndefined();
});

test('takes keys for instances that run, and are where the caller says', async () => {
  const refused = (change: Partial<SendSSHPublicKeyCommandInput>, name: string) =>
    expect(send(change)).rejects.toMatchObject({ name });
  await refused({ InstanceId: 'i-0123456789abcdef0' }, 'EC2InstanceNotFoundException');
  await refused({ InstanceId: 'mi-0123456789abcdef0' }, 'InvalidArgsException');
  await refused({ AvailabilityZone: 'us-east-1z' }, 'InvalidArgsException');
  await refused({ SSHPublicKey: `ssh-ed25519 ${'A'.repeat(80)}` }, 'InvalidArgsException');
  await refused({ InstanceOSUser: '' }, 'InvalidArgsException');
  expect(await send({ AvailabilityZone: zone })).toMatchObject({ Success: true });
  await ec2.send(new StopInstancesCommand({ InstanceIds: [id] }));
  await refused({}, 'EC2InstanceStateInvalidException');
});
