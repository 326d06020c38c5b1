import { execFileSync } from 'node:child_process';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { RunInstancesCommand } from '@aws-sdk/client-ec2';
import type { Call } from './call.ts';
import { kebabCase } from './names.ts';
import { printCli, quote } from './print-cli.ts';
import { printPython, printTypeScript } from './print-code.ts';
import { printTemplate } from './print-template.ts';
import { dynamodb, ec2 } from './services.ts';
import { encodeUserData } from './user-data.ts';

const endpoint = 'http://127.0.0.1:4566';
const session = { region: 'us-east-1', accessKeyId: 'test', secretAccessKey: 'test' };
const tricky = `it's "so" $HOME \`id\` \\ ünï 🍳\nnext`;

/** The words that a shell makes of a line. */
function shellWords(line: string): string[] {
  const script = `set -- ${line}\nfor word; do printf '%s\\0' "$word"; done`;
  return execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
}

function flags(input: object): string[] {
  const call: Call = { ...ec2(RunInstancesCommand, { MinCount: 1, MaxCount: 1 }), input };
  const words = shellWords(printCli(call, endpoint, session));
  return words.slice(words.indexOf('run-instances') + 1);
}

const launch = ec2(RunInstancesCommand, {
  ImageId: 'ami-1',
  MinCount: 1,
  MaxCount: 2,
  UserData: encodeUserData(`#!/bin/sh\necho "${tricky}"\n`),
  TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'Name', Value: tricky }] }],
});

describe('the AWS CLI line', () => {
  it.each([tricky, '', '-', "''", 'a b', '*', '~', '#', 'x=y;z'])('keeps %j one word', (text) => {
    expect(shellWords(quote(text))).toEqual([text]);
  });

  it('writes booleans, lists, structures and what starts with a dash', () => {
    expect(
      flags({
        ...{ EbsOptimized: true, DryRun: false, ClientToken: '-t', KernelId: '', Gone: undefined },
        SecurityGroupIds: ['sg-1', 'sg-2'],
        SecurityGroups: ['-x'],
        Placement: { Tenancy: tricky },
        ...{ MinCount: 1, MaxCount: 2 },
      }),
    ).toEqual([
      ...['--ebs-optimized', '--no-dry-run', '--client-token=-t', '--kernel-id', ''],
      ...['--security-group-ids', 'sg-1', 'sg-2'],
      ...['--security-groups', '["-x"]'],
      ...['--placement', JSON.stringify({ Tenancy: tricky })],
      ...['--count', '1:2'],
    ]);
  });

  it('gives user data as text, as the command line encodes it itself', () => {
    const words = shellWords(printCli(launch, endpoint, session));
    expect(words[words.indexOf('--user-data') + 1]).toBe(`#!/bin/sh\necho "${tricky}"\n`);
  });

  it('prints no secret but the well-known one', () => {
    const mine = { ...session, accessKeyId: 'AKIAX', secretAccessKey: 'hidden' };
    expect(printCli(launch, endpoint, session)).toContain('AWS_SECRET_ACCESS_KEY=test');
    expect(printCli(launch, endpoint, mine)).not.toMatch(/hidden|AKIAX/);
  });

  it.each([
    ['DescribeDBInstances', 'describe-db-instances'],
    ['VpcId', 'vpc-id'],
    ['CreateVpcEndpointV2', 'create-vpc-endpoint-v2'],
    ['TemplateURL', 'template-url'],
    ['Ipv6AddressCount', 'ipv6-address-count'],
  ])('calls %s %s', (name, flag) => expect(kebabCase(name)).toBe(flag));
});

it('prints TypeScript that says what the input says', () => {
  const printed = printTypeScript(launch, endpoint, session);
  const input = /RunInstancesCommand\((\{.*\})\),\n\)/s.exec(printed)?.[1] ?? '';
  expect(JSON.parse(JSON.stringify(runInNewContext(`(${input})`)))).toEqual(launch.input);
});

it('prints Python with its own words and bytes', () => {
  const item = {
    id: { S: tricky },
    on: { BOOL: true },
    none: { NULL: true },
    b: { B: new Uint8Array([1, 2]) },
  };
  const call = dynamodb(PutItemCommand, { TableName: 't', Item: item });
  const printed = printPython(call, endpoint, session);
  expect(printed).toContain('client.put_item(\n    TableName="t",');
  expect(printed).toContain('"BOOL": True');
  expect(printed).toContain('b64decode("AQI=")');
  expect(printed).toContain(JSON.stringify(tricky));
});

it('prints a template where there is a resource type', () => {
  expect(printTemplate(launch)).toMatch(/Type: AWS::EC2::Instance[^]*Fn::Base64[^]*Tags:/);
  expect(printTemplate(launch)).not.toContain('MaxCount');
  expect(printTemplate(dynamodb(PutItemCommand, { TableName: 't', Item: {} }))).toBeUndefined();
});
