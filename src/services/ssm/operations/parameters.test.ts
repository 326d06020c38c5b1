import {
  GetParameterCommand,
  GetParametersByPathCommand,
  GetParametersCommand,
  SSMClient,
} from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';

const Name = '/aws/service/alacarte/tiny';

let cloud: TestCloud;
let ssm: SSMClient;

beforeAll(async () => {
  cloud = await startTestCloud();
  ssm = cloud.client(SSMClient);
});
afterAll(() => cloud[Symbol.asyncDispose]());

const get = async (name: string) =>
  (await ssm.send(new GetParameterCommand({ Name: name, WithDecryption: true }))).Parameter!;

function list(Path: string, more = {}) {
  return ssm.send(new GetParametersByPathCommand({ Path, ...more }));
}

it('gives a public parameter by name, by ARN and by version', async () => {
  const parameter = await get(Name);
  expect(parameter).toMatchObject({
    Name,
    Type: 'String',
    Version: 1,
    ARN: `arn:aws:ssm:us-east-1::parameter${Name}`,
    Value: expect.stringMatching(/^ami-[0-9a-f]{17}$/),
  });
  expect(await get(parameter.ARN!)).toEqual(parameter);
  expect(await get(`${Name}:1`)).toEqual({ ...parameter, Selector: ':1' });
});

it('says what it does not find', async () => {
  await expect(get('/nothing')).rejects.toMatchObject({ name: 'ParameterNotFound' });
  await expect(get(`${Name}:2`)).rejects.toMatchObject({ name: 'ParameterVersionNotFound' });
  const several = await ssm.send(new GetParametersCommand({ Names: [Name, '/nothing'] }));
  expect(several.Parameters!.map((each) => each.Name)).toEqual([Name]);
  expect(several.InvalidParameters).toEqual(['/nothing']);
});

it('lists a path, and with Recursive all below it, in pages', async () => {
  const direct = await list('/aws/service/alacarte');
  expect(direct.Parameters!.map((each) => each.Name)).toEqual([Name]);
  expect((await list('/aws/service')).Parameters).toEqual([]);

  const first = await list('/aws/service', { Recursive: true, MaxResults: 3 });
  expect(first.Parameters).toHaveLength(3);
  const second = await list('/aws/service', { Recursive: true, NextToken: first.NextToken });
  expect(second.Parameters![0]!.Name! > first.Parameters![2]!.Name!).toBe(true);

  const typed = (Values: string[]) =>
    list('/aws/service/alacarte', { ParameterFilters: [{ Key: 'Type', Values }] });
  expect((await typed(['String'])).Parameters).toHaveLength(1);
  expect((await typed(['SecureString'])).Parameters).toHaveLength(0);
  await expect(list('aws')).rejects.toMatchObject({ name: 'ValidationException' });
});
