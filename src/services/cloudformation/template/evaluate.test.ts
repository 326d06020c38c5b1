import { describe, expect, it } from 'vitest';
import { createEnvironment, NotKnownYet } from './environment.ts';
import { evaluate } from './evaluate.ts';
import { parseTemplate } from './parse.ts';
import type { Value } from './template.ts';

const template = `
Parameters:
  Names: {Type: CommaDelimitedList}
Mappings:
  M: {one: {size: 4, list: [a, b]}}
Conditions:
  Yes: !Equals [!Ref AWS::Region, eu-west-1]
  No: !Not [!Condition Yes]
  Both: !And [!Condition Yes, !Or [!Condition No, !Equals [1, "1"]]]
Resources:
  Table: {Type: AWS::DynamoDB::Table}
  Later: {Type: AWS::DynamoDB::Table}
`;

async function environment() {
  return createEnvironment(await parseTemplate(template), {
    parameters: new Map([
      ['Names', { given: 'x,y', resolved: ['x', 'y'], resolvedValue: undefined, noEcho: false }],
    ]),
    stack: {
      accountId: '000000000000',
      region: 'eu-west-1',
      partition: 'aws',
      stackId: 'arn:stack',
      stackName: 'shop',
      notificationArns: [],
    },
    lookups: {
      ref: async (name) => (name === 'Later' ? notYet(name) : `${name}-1`),
      getAtt: async (name, attribute) => `${name}/${attribute}`,
      importValue: async (name) => (name === 'known' ? 'imported' : undefined),
      availabilityZones: async (region) => [`${region}a`, `${region}b`],
      ssmParameter: async (name, { version = 0, secure }) =>
        name === 'none' ? undefined : `${name}@${version}${secure ? '!' : ''}`,
    },
  });
}

function notYet(name: string): never {
  throw new NotKnownYet(name);
}

describe('evaluate', () => {
  it.each<[string, Value, Value]>([
    ['Ref', { Ref: 'Table' }, 'Table-1'],
    ['Ref of a list', { Ref: 'Names' }, ['x', 'y']],
    ['pseudo-parameters', { Ref: 'AWS::URLSuffix' }, 'amazonaws.com'],
    ['NoValue', { a: { Ref: 'AWS::NoValue' }, b: [1, { Ref: 'AWS::NoValue' }] }, { b: [1] }],
    ['GetAtt', { 'Fn::GetAtt': 'Table.Stream.Arn' }, 'Table/Stream.Arn'],
    ['GetAtt of a list', { 'Fn::GetAtt': ['Table', { 'Fn::Sub': 'A' }] }, 'Table/A'],
    [
      'Sub',
      { 'Fn::Sub': '${Table} ${Table.Arn} ${!x} ${AWS::Region}' },
      'Table-1 Table/Arn ${x} eu-west-1',
    ],
    [
      'Sub with variables',
      { 'Fn::Sub': ['${a}-${b}', { a: 1, b: { Ref: 'Table' } }] },
      '1-Table-1',
    ],
    ['Join', { 'Fn::Join': [':', ['a', 1, { Ref: 'Table' }]] }, 'a:1:Table-1'],
    ['Split and Select', { 'Fn::Select': ['1', { 'Fn::Split': ['.', 'a.b.c'] }] }, 'b'],
    ['If', { 'Fn::If': ['Both', 'yes', { Ref: 'Later' }] }, 'yes'],
    ['FindInMap', { 'Fn::FindInMap': ['M', 'one', 'size'] }, 4],
    ['a default', { 'Fn::FindInMap': ['M', 'two', 'x', { DefaultValue: 'd' }] }, 'd'],
    ['Base64', { 'Fn::Base64': 'hällo' }, 'aMOkbGxv'],
    ['GetAZs', { 'Fn::GetAZs': '' }, ['eu-west-1a', 'eu-west-1b']],
    ['ImportValue', { 'Fn::ImportValue': 'known' }, 'imported'],
    [
      'Cidr',
      { 'Fn::Cidr': ['10.0.0.0/16', 3, '8'] },
      ['10.0.0.0/24', '10.0.1.0/24', '10.0.2.0/24'],
    ],
    [
      'Cidr of IPv6',
      { 'Fn::Cidr': ['2001:db8::/56', 2, 64] },
      ['2001:db8::/64', '2001:db8:0:1::/64'],
    ],
    ['Length', { 'Fn::Length': { Ref: 'Names' } }, 2],
    ['ToJsonString', { 'Fn::ToJsonString': { a: [1, { Ref: 'Table' }] } }, '{"a":[1,"Table-1"]}'],
    ['dynamic references', 'a {{resolve:ssm:/p/q:3}} {{resolve:ssm-secure:s}}', 'a /p/q@3 s@0!'],
    ['a policy', { Condition: { Bool: { x: 'true' } } }, { Condition: { Bool: { x: 'true' } } }],
  ])('%s', async (_, value, expected) => {
    expect(await evaluate(value, await environment())).toEqual(expected);
  });

  it.each<[Value, string]>([
    [{ 'Fn::FindInMap': ['M', 'two', 'x'] }, 'Template error: Unable to get mapping for M::two::x'],
    [
      { 'Fn::Select': [2, ['a']] },
      'Template error: Fn::Select cannot select nonexistent value at index 2',
    ],
    [{ 'Fn::Join': ['a'] }, 'Template error: every Fn::Join object requires two parameters'],
    [{ 'Fn::Sub': '${a b}' }, 'Template error: variable names in Fn::Sub syntax must contain only'],
    [{ 'Fn::Sub': '${Names}' }, 'Template error: Fn::Sub expression does not resolve to a string'],
    [{ 'Fn::ImportValue': 'x' }, 'No export named x found.'],
    [{ 'Fn::Cidr': ['10.0.0.0/30', 2, 8] }, 'Template error: Fn::Cidr cannot cut'],
    [{ 'Fn::Cidr': ['10.0.0/8', 2, 8] }, 'Template error: Fn::Cidr requires a valid IP block'],
    [
      { 'Fn::If': ['Nope', 1, 2] },
      'Template error: unresolved condition dependency Nope in Fn::If',
    ],
    [{ 'Fn::Nope': 1 }, 'Template error: Encountered unsupported function: Fn::Nope'],
    ['{{resolve:ssm:none}}', 'Parameters: [ssm:none] cannot be found.'],
    [
      '{{resolve:secretsmanager:x}}',
      'Alacarte does not implement dynamic references to secretsmanager yet.',
    ],
  ])('refuses %j', async (value, message) => {
    await expect(evaluate(value, await environment())).rejects.toThrow(message);
  });

  it('says what is not known yet', async () => {
    await expect(evaluate({ a: [{ 'Fn::Sub': '${Later}' }] }, await environment())).rejects.toThrow(
      expect.objectContaining({ name: 'NotKnownYet', logicalId: 'Later' }),
    );
  });

  it('refuses conditions that wait for one another', async () => {
    const circle =
      'Conditions: {A: !Not [!Condition B], B: !Not [!Condition A]}\nResources: {R: {Type: T}}';
    const { lookups } = await environment();
    const stack = {
      accountId: '',
      region: '',
      partition: '',
      stackId: '',
      stackName: '',
      notificationArns: [],
    };
    await expect(
      createEnvironment(await parseTemplate(circle), { parameters: new Map(), stack, lookups }),
    ).rejects.toThrow('Circular dependency between conditions: [A, B]');
  });
});
