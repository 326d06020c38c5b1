import { callOf, isList, isMap } from './calls.ts';
import { resolveDynamicReferences } from './dynamic-references.ts';
import { templateError } from './errors.ts';
import { functions } from './functions.ts';
import type { Environment } from './environment.ts';
import type { Value, ValueMap } from './template.ts';

/**
 * A value of the template with its functions and dynamic references worked out.
 * @returns undefined where nothing is left of it: `AWS::NoValue`
 * @throws ValidationError in CloudFormation's words; NotKnownYet where a resource must be made first
 */
export async function evaluate(value: Value, environment: Environment): Promise<Value | undefined> {
  const evaluated = await evaluateFunctions(value, environment);
  return evaluated === undefined
    ? undefined
    : resolveDynamicReferences(evaluated, environment.lookups);
}

/** Functions only: conditions and rules know no dynamic references. */
export async function evaluateFunctions(
  value: Value,
  environment: Environment,
): Promise<Value | undefined> {
  const call = callOf(value);
  if (call !== undefined) {
    const implementation = functions.get(call.name);
    if (implementation === undefined) throw unsupported(call.name);
    return implementation(call.argument, {
      environment,
      evaluate: (inner) => evaluateFunctions(inner, environment),
    });
  }
  if (isList(value)) return evaluateList(value, environment);
  if (isMap(value)) return evaluateMap(value, environment);
  return value;
}

async function evaluateList(list: readonly Value[], environment: Environment): Promise<Value> {
  const evaluated: Value[] = [];
  for (const item of list) {
    const value = await evaluateFunctions(item, environment);
    if (value !== undefined) evaluated.push(value);
  }
  return evaluated;
}

async function evaluateMap(map: ValueMap, environment: Environment): Promise<Value> {
  const evaluated: [string, Value][] = [];
  for (const [key, item] of Object.entries(map)) {
    const value = await evaluateFunctions(item, environment);
    if (value !== undefined) evaluated.push([key, value]);
  }
  return Object.fromEntries(evaluated);
}

function unsupported(name: string) {
  const supported = [...functions.keys()].join(', ');
  return templateError(
    `Encountered unsupported function: ${name} Supported functions are: [${supported}]`,
  );
}
