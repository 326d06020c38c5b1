import { describe, expect, it } from 'vitest';
import { readParameters } from './parameters.ts';
import { parseTemplate } from './parse.ts';
import type { GivenParameter } from './parameters.ts';

async function read(declaration: string, given: readonly GivenParameter[], previous = {}) {
  const template = await parseTemplate(
    `Parameters: {P: {${declaration}}}\nResources: {A: {Type: T}}`,
  );
  const values = await readParameters(template, given, new Map(Object.entries(previous)), {
    ssmParameter: async (name) => (name === '/list' ? 'a,b' : undefined),
    exists: async (type, value) => type === 'AWS::EC2::KeyPair::KeyName' && value === 'mine',
  });
  return values.get('P');
}

const p = (ParameterValue: string) => [{ ParameterKey: 'P', ParameterValue }];

describe('readParameters', () => {
  it.each([
    ['Type: String, Default: 012', [], { given: '012', resolved: '012' }],
    ['Type: Number', p('1.5'), { resolved: '1.5' }],
    ['Type: CommaDelimitedList', p('a, b'), { given: 'a, b', resolved: ['a', 'b'] }],
    ['Type: List<Number>', p('1,2'), { resolved: ['1', '2'] }],
    ['Type: String, NoEcho: true', p('secret'), { noEcho: true }],
    ['Type: AWS::EC2::KeyPair::KeyName', p('mine'), { resolved: 'mine' }],
    [
      'Type: AWS::SSM::Parameter::Value<List<String>>',
      p('/list'),
      { given: '/list', resolved: ['a', 'b'], resolvedValue: 'a,b' },
    ],
  ])('takes {%s}', async (declaration, given, expected) => {
    expect(await read(declaration, given)).toMatchObject(expected);
  });

  it('takes the previous value where asked to', async () => {
    const again = [{ ParameterKey: 'P', UsePreviousValue: true }];
    expect(await read('Type: String, Default: x', again, { P: 'y' })).toMatchObject({ given: 'y' });
    await expect(read('Type: String', again)).rejects.toThrow('Parameters: [P] must have values');
  });

  it.each([
    ['Type: String', [], 'Parameters: [P] must have values'],
    [
      'Type: String',
      [...p('x'), { ParameterKey: 'Q' }],
      'Parameters: [Q] do not exist in the template',
    ],
    ['Type: String, AllowedValues: [a, b]', p('c'), "Parameter 'P' must be one of AllowedValues"],
    ['Type: String, AllowedPattern: "[a-z]+"', p('a1'), "Parameter 'P' must match pattern [a-z]+"],
    [
      'Type: String, AllowedPattern: "(a+)+"',
      p(`${'a'.repeat(60)}!`),
      "Parameter 'P' must match pattern (a+)+",
    ],
    ['Type: String, MinLength: 3', p('ab'), "Parameter 'P' must contain at least 3 characters"],
    ['Type: String, MaxLength: 1', p('ab'), "Parameter 'P' must contain at most 1 characters"],
    ['Type: Number, MinValue: 3', p('2'), "Parameter 'P' must be a number not less than 3"],
    ['Type: Number, MaxValue: 3', p('4'), "Parameter 'P' must be a number not greater than 3"],
    ['Type: Number', p('x'), "Parameter 'P' must be a number."],
    [
      'Type: String, MinLength: 3, ConstraintDescription: three at least',
      p('ab'),
      'Parameter P failed to satisfy constraint: three at least',
    ],
    [
      'Type: AWS::EC2::KeyPair::KeyName',
      p('other'),
      'Parameter validation failed: parameter value other for parameter name P does not exist',
    ],
    [
      'Type: AWS::SSM::Parameter::Value<String>',
      p('/none'),
      'Unable to fetch parameters [/none] from parameter store for this account.',
    ],
  ])('refuses {%s}', async (declaration, given, message) => {
    await expect(read(declaration, given)).rejects.toThrow(
      expect.objectContaining({ code: 'ValidationError', message }),
    );
  });
});
