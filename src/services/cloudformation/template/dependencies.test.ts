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

const graph = (yaml: string, conditions: Record<string, boolean> = {}) =>
  Object.fromEntries(
    [...dependencies(parseTemplate(yaml), new Map(Object.entries(conditions)))].map(
      ([name, needs]) => [name, [...needs]],
    ),
  );

describe('dependencies', () => {
  it('follows DependsOn, functions and the branches taken', () => {
    expect(graph(chain, { Big: true })).toEqual({ A: [], B: ['A'], C: ['B'], D: ['C'], E: ['C'] });
    expect(graph(chain, { Big: false })).toEqual({ A: [], B: ['A'], D: ['A'], E: [] });
  });

  it('refuses circles, and what a condition leaves out', () => {
    expect(() =>
      graph(
        'Resources: {A: {Type: T, DependsOn: B}, B: {Type: T, Properties: {P: !Ref A}}, C: {Type: T}}',
      ),
    ).toThrow('Circular dependency between resources: [A, B]');
    const left =
      'Conditions: {N: !Equals [1, 2]}\nResources: {A: {Type: T, Condition: N}, B: {Type: T, Properties: {P: !Ref A}}}';
    expect(graph(left, { N: true })).toEqual({ A: [], B: ['A'] });
    expect(() => graph(left, { N: false })).toThrow(
      'Unresolved resource dependencies [A] in the Resources block of the template',
    );
  });
});

describe('checkTypes', () => {
  const types = {
    has: (type: string) => type !== 'AWS::No::Such',
    hasAttribute: (_: string, name: string) => name === 'Arn',
  };

  it('takes known types and attributes and refuses others', () => {
    expect(checkTypes(parseTemplate(chain), types)).toBeUndefined();
    expect(() => checkTypes(parseTemplate('Resources: {A: {Type: AWS::No::Such}}'), types)).toThrow(
      'Template format error: Unrecognized resource types: [AWS::No::Such]',
    );
    const other = chain.replace('B.Arn', 'B.Name');
    expect(() => checkTypes(parseTemplate(other), types)).toThrow(
      'Template error: resource B does not support attribute type Name in Fn::GetAtt',
    );
  });
});

describe('summarize', () => {
  it('says what a template declares and needs', () => {
    const parameters =
      'Parameters: {P: {Type: String, Default: a, NoEcho: true, AllowedValues: [a]}}';
    expect(summarize(parseTemplate(`${parameters}\n${chain}`), () => ['Id'])).toMatchObject({
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
