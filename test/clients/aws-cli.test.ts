import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestCloud, type TestCloud } from '../cloud.ts';
import { environment, has, type Outcome, run } from './program.ts';

describe.skipIf(!has('aws', '--version'))('the AWS CLI', { timeout: 120_000 }, () => {
  let cloud: TestCloud;

  beforeAll(async () => {
    cloud = await startTestCloud();
  });
  afterAll(() => cloud[Symbol.asyncDispose]());

  const aws = (...args: readonly string[]): Promise<Outcome> =>
    run('aws', args, { env: environment(cloud.endpoint) });

  async function answer(...args: readonly string[]): Promise<Record<string, unknown>> {
    const { code, stdout, stderr } = await aws(...args);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    return (stdout === '' ? {} : JSON.parse(stdout)) as Record<string, unknown>;
  }

  test('asks who it is', async () => {
    expect(await answer('sts', 'get-caller-identity')).toEqual({
      UserId: '000000000000',
      Account: '000000000000',
      Arn: 'arn:aws:iam::000000000000:root',
    });
  });

  test('keeps an item in a table', async () => {
    const key = '{"id":{"S":"omelette"}}';
    await answer(
      ...['dynamodb', 'create-table', '--table-name', 'menu', '--billing-mode', 'PAY_PER_REQUEST'],
      ...['--attribute-definitions', 'AttributeName=id,AttributeType=S'],
      ...['--key-schema', 'AttributeName=id,KeyType=HASH'],
    );
    await answer('dynamodb', 'wait', 'table-exists', '--table-name', 'menu');
    const item = '{"id":{"S":"omelette"},"eggs":{"N":"3"}}';
    await answer('dynamodb', 'put-item', '--table-name', 'menu', '--item', item);
    expect(await answer('dynamodb', 'get-item', '--table-name', 'menu', '--key', key)).toEqual({
      Item: { id: { S: 'omelette' }, eggs: { N: '3' } },
    });
    const query = ['--key-condition-expression', 'id = :i'];
    const values = ['--expression-attribute-values', '{":i":{"S":"omelette"}}'];
    const found = await answer('dynamodb', 'query', '--table-name', 'menu', ...query, ...values);
    expect(found).toMatchObject({ Count: 1, ScannedCount: 1 });
    await answer('dynamodb', 'delete-item', '--table-name', 'menu', '--key', key);
    expect(await answer('dynamodb', 'scan', '--table-name', 'menu')).toMatchObject({ Count: 0 });
  });

  test('launches an instance, waits for it, and terminates it', async () => {
    const key = await answer(
      'ec2',
      'create-key-pair',
      '--key-name',
      'cook',
      '--key-type',
      'ed25519',
    );
    expect(key['KeyMaterial']).toMatch(/^-----BEGIN OPENSSH PRIVATE KEY-----/);
    const launch = await answer(
      ...['ec2', 'run-instances', '--image-id', 'resolve:ssm:/aws/service/alacarte/tiny'],
      ...['--instance-type', 't3.micro', '--key-name', 'cook', '--user-data', '#!/bin/sh\ntrue\n'],
      ...['--tag-specifications', 'ResourceType=instance,Tags=[{Key=Name,Value=pan}]'],
    );
    const [{ InstanceId: id }] = launch['Instances'] as [{ InstanceId: string }];
    await answer('ec2', 'wait', 'instance-running', '--instance-ids', id);
    const { stdout } = await aws(
      ...['ec2', 'describe-instances', '--filters', 'Name=tag:Name,Values=pan'],
      ...[
        '--query',
        'Reservations[].Instances[].[InstanceId,State.Name,KeyName]',
        '--output',
        'text',
      ],
    );
    expect(stdout).toBe(`${id}\trunning\tcook\n`);
    await answer('ec2', 'terminate-instances', '--instance-ids', id);
    await answer('ec2', 'wait', 'instance-terminated', '--instance-ids', id);
  });

  test('finds images by the names and parameters that people use', async () => {
    const parameter = '/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64';
    const { stdout: image } = await aws(
      ...[
        'ssm',
        'get-parameter',
        '--name',
        parameter,
        '--query',
        'Parameter.Value',
        '--output',
        'text',
      ],
    );
    const found = await answer('ec2', 'describe-images', '--image-ids', image.trim());
    expect(found).toMatchObject({ Images: [{ OwnerId: '137112412989', Architecture: 'x86_64' }] });
  });

  test.each([
    [
      ['dynamodb', 'describe-table', '--table-name', 'nowhere'],
      'An error occurred (ResourceNotFoundException) when calling the DescribeTable operation: Requested resource not found: Table: nowhere not found',
    ],
    [
      ['ec2', 'describe-instances', '--instance-ids', 'i-0123456789abcdef0'],
      "An error occurred (InvalidInstanceID.NotFound) when calling the DescribeInstances operation: The instance ID 'i-0123456789abcdef0' does not exist",
    ],
    [
      ['ec2', 'run-instances', '--image-id', 'ami-1', '--dry-run'],
      'An error occurred (InvalidAMIID.Malformed) when calling the RunInstances operation: Invalid id: "ami-1"',
    ],
    [
      ['ec2', 'describe-fpga-images'],
      'An error occurred (NotImplemented) when calling the DescribeFpgaImages operation',
    ],
    [
      ['kms', 'list-keys'],
      'An error occurred (NotImplemented) when calling the ListKeys operation',
    ],
    [
      ['lambda', 'list-functions'],
      'An error occurred (NotImplemented) when calling the ListFunctions operation',
    ],
    [
      ['route53', 'list-hosted-zones'],
      'An error occurred (NotImplemented) when calling the ListHostedZones operation',
    ],
  ])('prints what %j is refused for', async (args, message) => {
    const { code, stderr } = await aws(...args);
    expect(stderr).toContain(message);
    expect(code).not.toBe(0);
  });
});
