import {
  DeleteParameterCommand,
  GetParameterCommand,
  PutParameterCommand,
  type PutParameterCommandInput,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';

let cloud: TestCloud;
let ssm: SSMClient;

beforeAll(async () => {
  cloud = await startTestCloud();
  ssm = cloud.client(SSMClient);
});
afterAll(() => cloud[Symbol.asyncDispose]());

const put = (Name: string, more: Partial<PutParameterCommandInput> = {}) =>
  ssm.send(new PutParameterCommand({ Name, Type: 'String', Value: 'value', ...more }));

const get = async (Name: string, WithDecryption = false) =>
  (await ssm.send(new GetParameterCommand({ Name, WithDecryption }))).Parameter!;

it('puts, gives back and deletes a parameter', async () => {
  expect(await put('/shop/table', { Value: 'orders' })).toMatchObject({
    Version: 1,
    Tier: 'Standard',
  });
  const parameter = await get('/shop/table');
  expect(parameter).toEqual({
    Name: '/shop/table',
    Type: 'String',
    Value: 'orders',
    Version: 1,
    LastModifiedDate: new Date('2026-11-23T12:00:00Z'),
    ARN: 'arn:aws:ssm:us-east-1:000000000000:parameter/shop/table',
    DataType: 'text',
  });
  expect(await get(parameter.ARN!)).toEqual(parameter);

  const drop = () => ssm.send(new DeleteParameterCommand({ Name: '/shop/table' }));
  await drop();
  await expect(get('/shop/table')).rejects.toMatchObject({ name: 'ParameterNotFound' });
  await expect(drop()).rejects.toMatchObject({ name: 'ParameterNotFound' });
});

it('makes a new version only when asked to overwrite; what is left out stays', async () => {
  await put('plain', { Description: 'first', AllowedPattern: '[a-z]+' });
  await expect(put('plain')).rejects.toMatchObject({
    name: 'ParameterAlreadyExists',
    message:
      'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
  });
  const again = { Overwrite: true, Type: undefined };
  expect(await put('plain', { Value: 'next', ...again })).toMatchObject({ Version: 2 });
  expect(await get('plain:1')).toMatchObject({ Value: 'value', Selector: ':1' });
  expect(await get('arn:aws:ssm:us-east-1:000000000000:parameter/plain')).toMatchObject({
    Value: 'next',
    Type: 'String',
  });
  await expect(put('plain', { Value: 'UPPER', ...again })).rejects.toMatchObject({
    name: 'ParameterPatternMismatchException',
    message: 'Parameter value, cannot be validated against allowedPattern: [a-z]+',
  });
});

it('keeps a SecureString enciphered', async () => {
  await put('/secret', { Type: 'SecureString', Value: 'open sesame' });
  expect(await get('/secret', true)).toMatchObject({ Value: 'open sesame' });
  const shown = (await get('/secret')).Value!;
  expect(shown).toMatch(/^[A-Za-z0-9+/]{40,}=*$/);
  expect(Buffer.from(shown, 'base64').toString('latin1')).not.toContain('sesame');
  await expect(put('/other', { Type: 'SecureString', KeyId: 'alias/mine' })).rejects.toMatchObject({
    name: 'InvalidKeyId',
  });
});

it('takes an image only where there is one', async () => {
  const image = { DataType: 'aws:ec2:image', Value: 'ami-00000000000000000' };
  await expect(put('/image', image)).rejects.toMatchObject({ name: 'ValidationException' });
  const { Value } = await get('/aws/service/alacarte/tiny');
  await put('/image', { ...image, Value });
  expect(await get('/image')).toMatchObject({ Value, DataType: 'aws:ec2:image' });
  const next = { Overwrite: true, Value: 'ami-00000000000000000' };
  await expect(put('/image', next)).rejects.toMatchObject({ name: 'ValidationException' });
});

it('holds values to their tier', async () => {
  const longer = { Value: 'x'.repeat(4097) };
  await expect(put('/long', longer)).rejects.toThrow('maximum parameter value of 4096 characters');
  expect(await put('/long', { ...longer, Tier: 'Intelligent-Tiering' })).toMatchObject({
    Tier: 'Advanced',
  });
  const standard = { Overwrite: true, Tier: 'Standard' as const };
  await expect(put('/long', standard)).rejects.toThrow("You can't downgrade a parameter");
});

it.each([
  ['aws-thing', 'ValidationException'],
  ['/ssm/thing', 'ValidationException'],
  ['/aws/thing', 'AccessDeniedException'],
  ['with space', 'ValidationException'],
  ['not/qualified', 'ValidationException'],
  ['/trailing/', 'ValidationException'],
  ['/l'.repeat(16), 'HierarchyLevelLimitExceededException'],
])('refuses the name %s', async (name, code) => {
  await expect(put(name)).rejects.toMatchObject({ name: code });
});

it.each<[Partial<PutParameterCommandInput>, string]>([
  [{ Type: undefined }, 'A parameter type is required when you create a parameter.'],
  [{ Value: '' }, "at 'value' failed to satisfy constraint"],
  [{ Value: '{{ssm:other}}' }, "can't nest another parameter"],
  [{ AllowedPattern: '(' }, 'regular expression requirement'],
  [{ Tags: [{ Key: 'aws:x', Value: '' }] }, 'aws: prefixed tag key names are not allowed'],
  [
    { Overwrite: true, Tags: [{ Key: 'a', Value: '' }] },
    "tags and overwrite can't be used together",
  ],
  [{ Policies: '[]' }, 'Alacarte does not implement the parameter Policies'],
])('refuses %j', async (input, message) => {
  await expect(put('/refused', input)).rejects.toThrow(message);
});
