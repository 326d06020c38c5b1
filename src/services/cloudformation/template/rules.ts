import { callOf, isList } from './calls.ts';
import { decide } from './conditions.ts';
import type { Decision } from './conditions.ts';
import { formatError, notBuilt, templateError, validationError } from './errors.ts';
import { evaluateFunctions } from './evaluate.ts';
import type { Environment } from './environment.ts';
import type { Template, Value } from './template.ts';

/**
 * Asserts a template's Rules about its parameters.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/rules-section-structure.html
 * @throws ValidationError naming the assertions that failed
 */
export async function checkRules(template: Template, environment: Environment): Promise<void> {
  const decision = ruleDecision(environment);
  for (const [name, { condition, assertions }] of template.rules) {
    if (condition !== undefined && !(await decide(condition, decision))) continue;
    for (const { assert, description } of assertions) {
      if (await decide(assert, decision)) continue;
      throw validationError(
        `Template error: Rule ${name} failed: ${description ?? 'an assertion does not hold'}`,
      );
    }
  }
}

function ruleDecision(environment: Environment): Decision {
  const evaluate = async (value: Value): Promise<Value | undefined> => {
    refuseUnbuilt(value);
    return evaluateFunctions(value, environment);
  };
  const lists = async (name: string, argument: Value): Promise<[string[], string[]]> => {
    const [first, second] = isList(argument) && argument.length === 2 ? argument : [];
    const left = first === undefined ? undefined : await evaluate(first);
    const right = second === undefined ? undefined : await evaluate(second);
    if (left !== undefined && right !== undefined) return [texts(left), texts(right)];
    throw templateError(`every ${name} object requires two lists of strings`);
  };
  return {
    evaluate,
    condition: () => Promise.reject(formatError('Rules cannot refer to conditions.')),
    more: new Map([
      [
        'Fn::Contains',
        async (argument) => {
          const [list, values] = await lists('Fn::Contains', argument);
          return values.every((value) => list.includes(value));
        },
      ],
      [
        'Fn::EachMemberIn',
        async (argument) => {
          const [values, list] = await lists('Fn::EachMemberIn', argument);
          return values.every((value) => list.includes(value));
        },
      ],
      [
        'Fn::EachMemberEquals',
        async (argument) => {
          const [values, [expected]] = await lists('Fn::EachMemberEquals', argument);
          return values.every((value) => value === expected);
        },
      ],
    ]),
  };
}

/** Functions that ask what other parameters of a type hold, or what is known of what they name. */
function refuseUnbuilt(value: Value): void {
  const name = callOf(value)?.name ?? '';
  if (['Fn::RefAll', 'Fn::ValueOf', 'Fn::ValueOfAll'].includes(name)) throw notBuilt(name);
}

/** A single text counts as a list of one. */
function texts(value: Value): string[] {
  return (isList(value) ? value : [value]).map((item) =>
    typeof item === 'object' ? JSON.stringify(item) : String(item),
  );
}
