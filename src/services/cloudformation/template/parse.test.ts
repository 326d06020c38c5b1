import { describe, expect, it } from 'vitest';
import { parseTemplate } from './parse.ts';

const resource = 'Resources: {A: {Type: AWS::SSM::Parameter}}';

/** Properties of a resource as YAML has them. */
async function properties(yaml: string) {
  const indented = yaml.replaceAll(/^/gm, '      ');
  const body = `Resources:\n  B: {Type: X::Y::Z}\n  A:\n    Type: X::Y::Z\n    Properties:\n${indented}`;
  const { resources } = await parseTemplate(body);
  return resources.get('A')?.properties;
}

describe('parseTemplate', () => {
  it('reads JSON and YAML alike', async () => {
    const template = { Resources: { A: { Type: 'X::Y::Z', Properties: { P: [1, true, 'x'] } } } };
    const yaml = 'Resources:\n  A:\n    Type: X::Y::Z\n    Properties:\n      P: [1, true, x]';
    expect(await parseTemplate(JSON.stringify(template))).toEqual(await parseTemplate(yaml));
    expect((await parseTemplate(yaml)).resources.get('A')?.properties).toEqual({
      P: [1, true, 'x'],
    });
  });

  it('keeps what plain scalars say', async () => {
    expect(
      await properties(
        'a: 012345678901\nb: 2010-09-09\nc: 1e3\nd: 0x1F\ne: yes\nf: off\ng: 12\nh: 1.0',
      ),
    ).toEqual({
      a: '012345678901',
      b: '2010-09-09',
      c: '1e3',
      d: '0x1F',
      e: true,
      f: false,
      g: 12,
      h: '1.0',
    });
    expect((await parseTemplate(`AWSTemplateFormatVersion: 2010-09-09\n${resource}`)).version).toBe(
      '2010-09-09',
    );
  });

  it('writes short forms out', async () => {
    expect(
      await properties(
        'a: !Ref B\nb: !GetAtt B.Arn.Name\nc: !Join [",", [!Sub "${B}", x]]\nd: !GetAZs\ne: !Base64\n  Fn::Sub: x',
      ),
    ).toEqual({
      a: { Ref: 'B' },
      b: { 'Fn::GetAtt': 'B.Arn.Name' },
      c: { 'Fn::Join': [',', [{ 'Fn::Sub': '${B}' }, 'x']] },
      d: { 'Fn::GetAZs': '' },
      e: { 'Fn::Base64': { 'Fn::Sub': 'x' } },
    });
  });

  it.each([
    ['{', 'Template format error: JSON not well-formed. (line 1, column 2)'],
    [
      '{"Resources": {},\n "Resources": {}}',
      'Template format error: JSON not well-formed. (line 2, column 2)',
    ],
    ['Resources:\n  A: [', 'Template format error: YAML not well-formed. (line 2, column 7)'],
    ['A: 1\nA: 2', 'Template format error: YAML not well-formed. (line 2, column 1)'],
    [
      `${resource}\nMetadata: {a: &x 1, b: *x}`,
      'Template error: YAML aliases are not allowed in CloudFormation templates',
    ],
    ['--- {a: 1}\n--- {b: 1}', 'Template format error: YAML not well-formed. (line 2, column 1)'],
    ['text', 'Template format error: unsupported structure.'],
    ['', 'Template format error: unsupported structure.'],
    ['Description: x', 'Template format error: At least one Resources member must be defined.'],
    [`${resource}\nFoo: 1`, 'Template format error: Invalid template property or properties [Foo]'],
    [
      'Resources: {A: }',
      "Template format error: [/Resources/A] 'null' values are not allowed in templates",
    ],
    [
      'Resources: {A-B: {Type: T}}',
      'Template format error: Resource name A-B is non alphanumeric.',
    ],
    [
      'Resources: {A: {}}',
      'Template format error: [/Resources/A] Every Resources object must contain a Type member.',
    ],
    [
      'Resources: {A: {Type: T, X: 1}}',
      "Template format error: Invalid template resource property 'X'",
    ],
    [
      `${resource}\nParameters: {P: {Type: Text}}`,
      'Template format error: Unrecognized parameter type: Text',
    ],
    [
      'Resources: {A: {Type: T, DependsOn: [B], Properties: {P: !Ref C, Q: !Sub "${D}${!E}"}}}',
      'Template format error: Unresolved resource dependencies [B, C, D] in the Resources block of the template',
    ],
    [
      `${resource}\nOutputs: {O: {Value: !Ref C}}`,
      'Template format error: Unresolved resource dependencies [C] in the Outputs block of the template',
    ],
    [
      'Resources: {A: {Type: T, Condition: C}}',
      'Template format error: Unresolved condition dependency C in the Resources block of the template',
    ],
    [
      'Resources: {A: {Type: T, Properties: {P: !GetAtt B.Arn}}}',
      'Template error: instance of Fn::GetAtt references undefined resource B',
    ],
  ])('refuses %s', async (body, message) => {
    await expect(parseTemplate(body)).rejects.toThrow(
      expect.objectContaining({ code: 'ValidationError', message }),
    );
  });

  it('refuses by name what is not built', async () => {
    await expect(
      parseTemplate(`Transform: AWS::Serverless-2016-10-31\n${resource}`),
    ).rejects.toThrow(
      expect.objectContaining({
        code: 'NotImplemented',
        message: 'Alacarte does not implement the transform AWS::Serverless-2016-10-31 yet.',
      }),
    );
    expect(
      (await parseTemplate(`Transform: AWS::LanguageExtensions\n${resource}`)).transforms,
    ).toEqual(['AWS::LanguageExtensions']);
  });

  it.each([
    ['JSON lists', '{"Resources":'.padEnd(50_000, '[')],
    ['flow lists', '['.repeat(50_000)],
    ['flow maps', '{a: '.repeat(12_000)],
    ['block lists', '- '.repeat(25_000)],
    ['keys of keys', '? '.repeat(25_000)],
  ])('refuses deep nesting of %s', async (_, body) => {
    await expect(parseTemplate(body)).rejects.toThrow(
      /^Template format error: (JSON|YAML) not well-formed/,
    );
  });

  it('takes keys of every name and long texts', async () => {
    const long = 'x'.repeat(400_000);
    const body = `{"Resources": {"A": {"Type": "T", "Properties": {"__proto__": {"a": "${long}"}}}}}`;
    const { resources } = await parseTemplate(body);
    const taken = resources.get('A')?.properties ?? {};
    expect(Object.entries(taken)).toEqual([['__proto__', { a: long }]]);
    expect(Object.getPrototypeOf(taken)).toBe(Object.prototype);
    await expect(parseTemplate(`${resource}\n__proto__: {a: 1}`)).rejects.toThrow(
      'properties [__proto__]',
    );
  });
});
