import { isList } from './calls.ts';
import { formatError } from './errors.ts';
import { Members } from './members.ts';
import type { Rule, Value } from './template.ts';

export function readRule(value: Value, path: string): Rule {
  const rule = new Members(value, path, 'Rules');
  rule.only(['Assertions', 'RuleCondition'], (member) =>
    formatError(`Invalid template rule property '${member}'`),
  );
  const assertions = rule.required('Assertions');
  if (!isList(assertions)) throw formatError('Every Assertions member must be a list.');
  return {
    condition: rule.value('RuleCondition'),
    assertions: assertions.map((each) => {
      const assertion = new Members(each, path, 'Assertions');
      return {
        assert: assertion.required('Assert'),
        description: assertion.text('AssertDescription'),
      };
    }),
  };
}
