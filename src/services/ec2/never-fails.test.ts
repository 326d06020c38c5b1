import fc from 'fast-check';
import { EC2Client, RunInstancesCommand } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../test/cloud.ts';
import { loadModel } from '../../models/load.ts';
import type { Member, Shape, StructureShape } from '../../models/model.ts';
import { instanceFilters } from './domain/instances/filters.ts';
import { ec2 } from './service.ts';

const model = loadModel('ec2');
const tiny = 'resolve:ssm:/aws/service/alacarte/tiny';

/** Parameters of a query, as pairs. */
type Pairs = fc.Arbitrary<[string, string][]>;

let cloud: TestCloud;
/** What stands for the names of `live` in a request. */
let there: Readonly<Record<string, string>>;

beforeAll(async () => {
  cloud = await startTestCloud();
  const client = cloud.client(EC2Client);
  const { Instances } = await client.send(
    new RunInstancesCommand({ ImageId: tiny, MinCount: 1, MaxCount: 1 }),
  );
  const { InstanceId, VpcId, SubnetId } = Instances![0]!;
  there = { 'i-live': InstanceId!, 'vpc-live': VpcId!, 'subnet-live': SubnetId! };
});
afterAll(() => cloud[Symbol.asyncDispose]());

const live = ['i-live', 'vpc-live', 'subnet-live'];
const texts = fc.constantFrom(
  ...live,
  ...live,
  ...live,
  ...['', ' ', '*', '?', 'x'.repeat(3000), '__proto__', 'constructor', '\u0000', 'é\u{1f373}'],
  ...[
    'true',
    '0',
    '-1',
    '1e9',
    tiny,
    'resolve:ssm:',
    'default',
    'us-east-1a',
    't3.micro',
    '/dev/xvda',
  ],
  ...['i-0123456789abcdef0', 'i-', 'vpc-0123456789abcdef0', 'sg-x', 'subnet-12345678', 'key-1'],
  ...[
    '10.0.0.0/16',
    '10.0.0.0/28',
    '::/0',
    '172.31.0.9',
    '172.31.0.1',
    '999.1.1.1',
    'self',
    'instance',
    'gp3',
    'YQ==',
    'a*b',
  ],
  ...['tag:', 'tag:a', 'tag-key', ...Object.keys(instanceFilters).slice(0, 30)],
);

function valueOf(shape: Shape): fc.Arbitrary<string> {
  if (shape.type === 'string' && shape.enum) return fc.oneof(fc.constantFrom(...shape.enum), texts);
  if (shape.type === 'boolean') return fc.constantFrom('true', 'false');
  if (shape.type === 'integer' || shape.type === 'long') {
    return fc.constantFrom('-1', '0', '1', '2', '5', '8');
  }
  if (shape.type === 'timestamp') return fc.constant('2026-11-23T12:00:00Z');
  return texts;
}

function pairsOf(member: Member, name: string, depth: number): Pairs {
  const shape = model.shapes[member.shape]!;
  if (shape.type === 'structure' || shape.type === 'union')
    return structure(shape, `${name}.`, depth);
  if (shape.type === 'list') {
    if (depth > 4) return fc.constant([]);
    const items = [1, 2].map((at) => pairsOf(shape.member, `${name}.${at}`, depth + 1));
    return fc.tuple(fc.nat(2), ...items).map(([count, ...lists]) => lists.slice(0, count).flat());
  }
  return valueOf(shape).map((value) => [[name, value]]);
}

function structure(
  { members, required = [] }: StructureShape,
  prefix: string,
  depth: number,
): Pairs {
  if (depth > 4) return fc.constant([]);
  const each = Object.entries(members)
    .filter(([name]) => name !== 'DryRun')
    .map(([name, member]) => {
      const wire = member.queryName ?? capital(member.name ?? name);
      // Few members at once: with many the first wrong one hides the others.
      return fc
        .tuple(fc.nat(3), pairsOf(member, prefix + wire, depth + 1))
        .map(([dice, pairs]) => (dice === 0 || required.includes(name) ? pairs : []));
    });
  return fc.tuple(...each).map((lists) => lists.flat());
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

async function send(action: string, pairs: readonly [string, string][]): Promise<Response> {
  return fetch(cloud.endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-amz-date': '20261123T120000Z',
      // Nobody has this key, so on loopback nobody checks the signature.
      authorization:
        'AWS4-HMAC-SHA256 Credential=FUZZ/20261123/us-east-1/ec2/aws4_request, SignedHeaders=host;x-amz-date, Signature=00',
    },
    body: new URLSearchParams([
      ['Action', action],
      ['Version', model.apiVersion],
      ...pairs.map(([name, value]): [string, string] => [name, there[value] ?? value]),
    ]),
  });
}

it.each(ec2.operations.map(({ ref }) => ref.name))(
  '%s answers whatever it is asked with an answer or a refusal',
  async (action) => {
    const { input } = model.operations[action]!;
    const shape = model.shapes[input!]!;
    if (shape.type !== 'structure') throw new Error(`${input} is no structure`);
    // Something for RunInstances to go on from; elsewhere these are parameters like any other.
    const base: [string, string][] =
      action === 'RunInstances'
        ? [
            ['ImageId', tiny],
            ['MinCount', '1'],
            ['MaxCount', '1'],
          ]
        : [];
    await fc.assert(
      fc.asyncProperty(structure(shape, '', 0), async (pairs) => {
        const given = new Set(pairs.map(([name]) => name));
        const response = await send(action, [
          ...base.filter(([name]) => !given.has(name)),
          ...pairs,
        ]);
        if (response.status >= 500) throw new Error(await response.text());
        expect(await response.text()).toMatch(/^<\?xml/);
      }),
      { numRuns: 10 },
    );
  },
);
