import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadModel } from '../../src/models/load.ts';
import { startTestCloud, type TestCloud } from '../cloud.ts';
import { rawRequest } from './raw-request.ts';

let cloud: TestCloud;

beforeAll(async () => {
  cloud = await startTestCloud();
});

afterAll(() => cloud[Symbol.asyncDispose]());

const deep = (open: string, close: string, by: number): string =>
  open.repeat(by) + close.repeat(by);
const many = (count: number, of: (at: number) => string, separator: string): string =>
  Array.from({ length: count }, (_, at) => of(at)).join(separator);

const jsonBodies: Record<string, string | Uint8Array<ArrayBuffer>> = {
  nothing: '',
  null: 'null',
  'a list': '[]',
  'a text': '"x"',
  'half an object': '{"TableName":',
  'an object twice': '{}{}',
  'bytes that are no UTF-8': Uint8Array.of(0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d),
  'a byte order mark': '\uFEFF{}',
  'a prototype': '{"__proto__":{"TableName":"orders"},"constructor":{"prototype":{}}}',
  'a member twice': '{"TableName":"a","TableName":{"a":1}}',
  'lists 100,000 deep': `{"Item":${deep('[', ']', 100_000)}}`,
  'objects 100,000 deep': `{"Item":${'{"M":'.repeat(100_000)}1${'}'.repeat(100_000)}}`,
  'values 100,000 deep': `{"TableName":"a","Item":{"pk":${'{"M":{"a":'.repeat(50_000)}{}${'}}'.repeat(50_000)}}}`,
  '100,000 members': `{${many(100_000, (at) => `"m${at}":${at}`, ',')}}`,
  'a text of 5 MB': JSON.stringify({ TableName: 'x'.repeat(5_000_000) }),
  'a number of 100,000 digits': `{"Limit":${'9'.repeat(100_000)}}`,
};

const formBodies: Record<string, string> = {
  nothing: '',
  'no value': 'InstanceId',
  'a broken escape': 'InstanceId.1=%zz%&%=%',
  'a prototype': '__proto__.1=x&constructor.prototype.a=b&Filter.__proto__.Name=x',
  'a place far off': 'Filter.999999999.Name=x&InstanceId.99999999999999999999=i',
  'a place below none': 'Filter.0.Name=x&Filter.-1.Name=y&Filter..Name=z',
  'a value that is a list as well': 'Filter=x&Filter.1=y&Filter.1.Name=z&Filter.1.Name.1=a',
  '100,000 steps': `Filter${'.1'.repeat(100_000)}=x`,
  '50,000 parameters': many(50_000, (at) => `InstanceId.${at + 1}=i-${at}`, '&'),
  'a value of 5 MB': `InstanceId.1=${'x'.repeat(5_000_000)}`,
};

const calls: readonly [service: string, operation: string, bodies: typeof jsonBodies][] = [
  ['dynamodb', 'PutItem', jsonBodies],
  ['dynamodb', 'CreateTable', jsonBodies],
  ['dynamodb', 'ListTagsOfResource', jsonBodies],
  ['ssm', 'GetParameter', jsonBodies],
  ['ec2', 'DescribeInstances', formBodies],
  ['ec2', 'RunInstances', formBodies],
  ['sts', 'GetSessionToken', formBodies],
];

const corpus = calls.flatMap(([service, operation, bodies]) =>
  Object.entries(bodies).map(([what, body]) => ({ service, operation, what, body })),
);

test.each(corpus)('$service $operation with $what', async ({ service, operation, body }) => {
  const model = loadModel(service);
  const protocol = model.protocols.find((name) => name !== 'cbor')!;
  const { path, init } = rawRequest(model, operation, protocol, {});
  const form = protocol.endsWith('query') ? `${init.body as string}&${body as string}` : body;
  const response = await fetch(cloud.endpoint + path, { ...init, body: form });
  expect(response.status).toBeLessThan(500);
  expect(await response.text()).not.toBe('');
  const { Account } = await cloud.client(STSClient).send(new GetCallerIdentityCommand({}));
  expect(Account).toBe('000000000000');
});
