import { describe, expect, it } from 'vitest';
import { checkTypes } from './check.ts';
import { dependencies } from './dependencies.ts';
import { parseTemplate } from './parse.ts';
import { summarize } from './summary.ts';

const chain = `
Conditions: {Big: !Equals [1, 1]}
Resources:
  A: {Type: T}
  B: {Type: T, DependsOn: A}
  C: {Type: T, Condition: Big, Properties: {P: !GetAtt B.Arn}}
  D: {Type: AWS::IAM::Role, Properties: {P: !If [Big, !Ref C, !Sub "\${A}"]}}
  E: {Type: T, DependsOn: C}
`;

const graph = async (yaml: string, conditions: Record<string, boolean> = {}) =>
  Object.fromEntries(
    [...dependencies(await parseTemplate(yaml), new Map(Object.entries(conditions)))].map(
      ([name, needs]) => [name, [...needs]],
    ),
  );

describe('dependencies', () => {
  it('follows DependsOn, functions and the branches taken', async () => {
    expect(await graph(chain, { Big: true })).toEqual({
      A: [],
      B: ['A'],
      C: ['B'],
      D: ['C'],
      E: ['C'],
    });
    expect(await graph(chain, { Big: false })).toEqual({ A: [], B: ['A'], D: ['A'], E: [] });
  });

  it('refuses circles, and what a condition leaves out', async () => {
    await expect(
      graph(
        'Resources: {A: {Type: T, DependsOn: B}, B: {Type: T, Properties: {P: !Ref A}}, C: {Type: T}}',
      ),
    ).rejects.toThrow('Circular dependency between resources: [A, B]');
    const left =
      'Conditions: {N: !Equals [1, 2]}\nResources: {A: {Type: T, Condition: N}, B: {Type: T, Properties: {P: !Ref A}}}';
    expect(await graph(left, { N: true })).toEqual({ A: [], B: ['A'] });
    await expect(graph(left, { N: false })).rejects.toThrow(
      'Unresolved resource dependencies [A] in the Resources block of the template',
    );
  });
});

describe('checkTypes', () => {
  const types = {
    has: (type: string) => type !== 'AWS::No::Such',
    hasAttribute: (_: string, name: string) => name === 'Arn',
  };

  it('takes known types and attributes and refuses others', async () => {
    expect(checkTypes(await parseTemplate(chain), types)).toBeUndefined();
    await expect(
      parseTemplate('Resources: {A: {Type: AWS::No::Such}}').then((template) =>
        checkTypes(template, types),
      ),
    ).rejects.toThrow('Template format error: Unrecognized resource types: [AWS::No::Such]');
    const other = chain.replace('B.Arn', 'B.Name');
    await expect(
      parseTemplate(other).then((template) => checkTypes(template, types)),
    ).rejects.toThrow(
      'Template error: resource B does not support attribute type Name in Fn::GetAtt',
    );
  });
});

describe('summarize', () => {
  it('says what a template declares and needs', async () => {
    const parameters =
      'Parameters: {P: {Type: String, Default: a, NoEcho: true, AllowedValues: [a]}}';
    expect(summarize(await parseTemplate(`${parameters}\n${chain}`), () => ['Id'])).toMatchObject({
      Parameters: [
        {
          ParameterKey: 'P',
          DefaultValue: 'a',
          NoEcho: true,
          ParameterConstraints: { AllowedValues: ['a'] },
        },
      ],
      Capabilities: ['CAPABILITY_IAM'],
      ResourceTypes: ['T', 'AWS::IAM::Role'],
      ResourceIdentifierSummaries: [
        {
          ResourceType: 'T',
          LogicalResourceIds: ['A', 'B', 'C', 'E'],
          ResourceIdentifiers: ['Id'],
        },
        { ResourceType: 'AWS::IAM::Role', LogicalResourceIds: ['D'] },
      ],
    });
  });
});
