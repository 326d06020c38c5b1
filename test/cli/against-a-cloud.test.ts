import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestCloud, type TestCloud } from '../cloud.ts';
import { runOurCli } from './our-cli.ts';
import type { Outcome } from './stock-cli.ts';

let cloud: TestCloud;
const directory = mkdtempSync(join(tmpdir(), 'alacarte-cli-'));

beforeAll(async () => {
  cloud = await startTestCloud();
});

afterAll(async () => {
  rmSync(directory, { recursive: true, force: true });
  await cloud[Symbol.asyncDispose]();
});

const run = (...line: string[]): Promise<Outcome> => runOurCli(line, cloud.endpoint);

const createTable = [
  ...['dynamodb', 'create-table', '--billing-mode', 'PAY_PER_REQUEST'],
  ...['--attribute-definitions', 'AttributeName=k,AttributeType=S'],
  ...['--key-schema', 'AttributeName=k,KeyType=HASH', '--table-name'],
];

describe('a table by the command line', () => {
  test('is created, waited for, written, read and paged through', async () => {
    const created = await run(...createTable, 'music', '--query', 'TableDescription.TableName');
    expect(created).toEqual({ code: 0, out: '"music"\n', error: '' });
    const settled = run('dynamodb', 'wait', 'table-exists', '--table-name', 'music');
    cloud.inside.clock.advance(60_000);
    expect(await settled).toEqual({ code: 0, out: '', error: '' });

    for (const k of ['a', 'b', 'c']) {
      const item = JSON.stringify({ k: { S: k }, b: { B: 'aGk=' } });
      expect(
        (await run('dynamodb', 'put-item', '--table-name', 'music', '--item', item)).code,
      ).toBe(0);
    }
    const got = await run('dynamodb', 'get-item', '--table-name', 'music', '--key', 'k={S=a}');
    expect(JSON.parse(got.out)).toEqual({ Item: { k: { S: 'a' }, b: { B: 'aGk=' } } });

    const seen: string[] = [];
    let token: string | undefined;
    do {
      const from = token === undefined ? [] : ['--starting-token', token];
      const scan = ['dynamodb', 'scan', '--table-name', 'music', '--page-size', '2'];
      const { out } = await run(...scan, '--max-items', '1', ...from);
      const page = JSON.parse(out) as { Items: { k: { S: string } }[]; NextToken?: string };
      expect(page.Items.length).toBeLessThanOrEqual(1);
      seen.push(...page.Items.map(({ k }) => k.S));
      token = page.NextToken;
    } while (token !== undefined);
    expect(seen.toSorted()).toEqual(['a', 'b', 'c']);
  });
});

describe('exit codes and messages', () => {
  test.for<[string[], number, string]>([
    [
      ['dynamodb', 'describe-table', '--table-name', 'nothing'],
      254,
      'An error occurred (ResourceNotFoundException) when calling the DescribeTable operation: ',
    ],
    [['dynamodb', 'describe-table'], 252, 'the following arguments are required: --table-name'],
    [['dynamodb', 'describe-tabel'], 252, 'Did you mean describe-table'],
    [
      ['dynamodb', 'describe-table', '--table-nam3', 'x'],
      252,
      'Unknown options: --table-nam3. Did you mean --table-name?',
    ],
    [
      ['dynamodb', 'get-item', '--table-name', 'music', '--key', '{"k"'],
      252,
      "Error parsing parameter '--key': Invalid JSON",
    ],
    [
      ['dynamodb', 'scan', '--table-name', 'music', '--limit', 'x'],
      252,
      "invalid literal for int() with base 10: 'x'",
    ],
    [
      ['dynamodb', 'scan', '--table-name', 'music', '--query', 'a['],
      252,
      'Bad value for --query a[',
    ],
    [['dynamodb', 'scan', '--table-name', 'music', '--output', 'xml'], 252, "Invalid choice 'xml'"],
    [
      ['dynamodb', 'get-item', '--table-name', 'music', '--key', '{"k":{"X":"a"}}'],
      252,
      'Unknown parameter in Key.k: "X", must be one of: S, N, B',
    ],
    [
      ['ec2', 'run-instances', '--image-id', 'a', '--count', 'x'],
      252,
      'count parameter should be of the form "2" or "1:5"',
    ],
    [['ec2', 'wait', 'instance-runing'], 252, 'Did you mean instance-running'],
    [
      ['sts', 'get-caller-identity', '--profile', 'nobody'],
      255,
      'The config profile (nobody) could not be found',
    ],
    [
      ['sts', 'get-caller-identity', '--endpoint-url', 'http://127.0.0.1:1'],
      255,
      'Could not connect to the endpoint URL: "http://127.0.0.1:1/"',
    ],
    [['sts', 'get-caller-identity', '--no-sign-request'], 254, 'MissingAuthenticationToken'],
  ])('%j ends with %i', async ([line, code, message]) => {
    const outcome = await run(...line);
    expect(outcome.error).toContain(message);
    expect(outcome).toMatchObject({ code, out: '' });
  });
});

describe('files', () => {
  test('stand for values, as text and as bytes', async () => {
    const input = join(directory, 'input.json');
    writeFileSync(input, JSON.stringify({ Name: '/nothing/here' }));
    const { code, error } = await run(
      'ssm',
      'get-parameter',
      '--cli-input-json',
      `file://${input}`,
    );
    expect(error).toContain('An error occurred (ParameterNotFound)');
    expect(code).toBe(254);
    expect(readFileSync(input, 'utf8')).toContain('/nothing/here');
  });

  test('that are missing are named', async () => {
    const { code, error } = await run('ssm', 'get-parameter', '--name', 'file:///no/such/file');
    expect(code).toBe(252);
    expect(error).toContain('Unable to load paramfile file:///no/such/file: ENOENT');
  });
});

test('a skeleton is input again', async () => {
  const { out } = await run('dynamodb', 'describe-table', '--generate-cli-skeleton');
  expect(JSON.parse(out)).toEqual({ TableName: '' });
  const again = await run(
    'dynamodb',
    'describe-table',
    '--cli-input-json',
    out.replace('""', '"nothing"'),
  );
  expect(again.error).toContain('ResourceNotFoundException');
});

describe('help', () => {
  test.for<[string[], string[]]>([
    [
      ['dynamodb', 'help'],
      ['put-item', 'Creates a new item', 'table-exists'],
    ],
    [
      ['ec2', 'run-instances', 'help'],
      ['--image-id', '--count', '--no-dry-run', 'ResourceType=string', 'Answer'],
    ],
    [
      ['dynamodb', 'scan', '--help'],
      ['--starting-token', '[required]', 'One of:'],
    ],
    [['ec2', 'wait', 'help'], ['instance-running']],
  ])('%j fits the terminal', async ([line, parts]) => {
    const { code, out } = await run(...line);
    expect(code).toBe(0);
    for (const part of parts) expect(out).toContain(part);
    const tooLong = out.split('\n').filter((text) => text.length > 80);
    expect(tooLong).toEqual([]);
  });
});
