import { expect, it } from 'vitest';
import { parseTemplate } from './parse.ts';
import { checkRules } from './rules.ts';
import type { Environment } from './environment.ts';

const template = await parseTemplate(`
Parameters: {Size: {Type: String}, Stage: {Type: String}}
Rules:
  Sizes:
    RuleCondition: !Equals [!Ref Stage, prod]
    Assertions:
      - Assert: !Contains [[large, huge], !Ref Size]
        AssertDescription: production is large
  Stages:
    Assertions:
      - Assert: !EachMemberIn [[!Ref Stage], [prod, test]]
Resources: {A: {Type: T}}
`);

function environment(Stage: string, Size: string): Environment {
  const unexpected = () => Promise.reject(new Error('rules ask for parameters only'));
  return {
    mappings: new Map(),
    parameters: new Map([
      ['Stage', Stage],
      ['Size', Size],
    ]),
    conditions: new Map(),
    lookups: {
      ref: unexpected,
      getAtt: unexpected,
      importValue: unexpected,
      availabilityZones: unexpected,
      ssmParameter: unexpected,
    },
  };
}

it('asserts rules whose condition holds', async () => {
  await expect(checkRules(template, environment('prod', 'large'))).resolves.toBeUndefined();
  await expect(checkRules(template, environment('test', 'small'))).resolves.toBeUndefined();
  await expect(checkRules(template, environment('prod', 'small'))).rejects.toThrow(
    'Rule Sizes failed: production is large',
  );
  await expect(checkRules(template, environment('other', 'large'))).rejects.toThrow(
    'Rule Stages failed',
  );
});
