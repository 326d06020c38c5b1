import { isList, isMap, isScalar } from './calls.ts';
import { formatError, templateError } from './errors.ts';
import { evaluateFunctions } from './evaluate.ts';
import type { Environment } from './environment.ts';
import type { Value } from './template.ts';

/** What is needed to tell whether a condition holds. */
export interface Decision {
  /** Another condition of the template, by name. */
  readonly condition: (name: string) => Promise<boolean>;
  readonly evaluate: (value: Value) => Promise<Value | undefined>;
  /** Functions that Rules know beside the conditions' own. */
  readonly more?: ReadonlyMap<string, (argument: Value) => Promise<boolean>>;
}

/** Decides every condition of a template. */
export async function evaluateConditions(
  conditions: ReadonlyMap<string, Value>,
  environment: Environment,
): Promise<ReadonlyMap<string, boolean>> {
  const decided = new Map<string, boolean>();
  const underWay = new Set<string>();
  const known = { ...environment, conditions: decided };
  const decision: Decision = {
    condition,
    evaluate: (value) => evaluateFunctions(value, known),
  };
  for (const name of conditions.keys()) await condition(name);
  return decided;

  async function condition(name: string): Promise<boolean> {
    const before = decided.get(name);
    if (before !== undefined) return before;
    const declared = conditions.get(name);
    if (declared === undefined) throw unresolvedCondition(name, 'Conditions');
    if (underWay.has(name)) {
      throw templateError(`Circular dependency between conditions: [${[...underWay].join(', ')}]`);
    }
    underWay.add(name);
    const holds = await decide(declared, decision);
    underWay.delete(name);
    decided.set(name, holds);
    return holds;
  }
}

/** Whether a condition function holds. */
export async function decide(value: Value, decision: Decision): Promise<boolean> {
  const [entry, another] = isMap(value) ? Object.entries(value) : [];
  if (entry === undefined || another !== undefined) throw notACondition(value);
  const [name, argument] = entry;
  switch (name) {
    case 'Condition':
      if (typeof argument !== 'string') throw notACondition(value);
      return decision.condition(argument);
    case 'Fn::Equals':
      return equals(argument, decision);
    case 'Fn::Not':
      if (isList(argument) && argument.length === 1) return !(await all(argument, decision))[0];
      throw templateError('every Fn::Not object requires one boolean parameter.');
    case 'Fn::And':
      return (await all(several(name, argument), decision)).every(Boolean);
    case 'Fn::Or':
      return (await all(several(name, argument), decision)).some(Boolean);
    default: {
      const further = decision.more?.get(name);
      if (further === undefined) throw notACondition(value);
      return further(argument);
    }
  }
}

function several(name: string, argument: Value): readonly Value[] {
  if (isList(argument) && argument.length >= 2 && argument.length <= 10) return argument;
  throw templateError(
    `every ${name} object requires a list of at least 2 and at most 10 boolean parameters.`,
  );
}

/** All of them are decided, so that a mistake in any is refused. */
async function all(values: readonly Value[], decision: Decision): Promise<boolean[]> {
  const decided: boolean[] = [];
  for (const value of values) decided.push(await decide(value, decision));
  return decided;
}

async function equals(argument: Value, decision: Decision): Promise<boolean> {
  const operands = isList(argument) ? argument : [];
  const values = await Promise.all(operands.map((operand) => decision.evaluate(operand)));
  const [left, right] = values.map(comparable);
  if (values.length === 2 && left !== undefined && right !== undefined) return left === right;
  throw templateError('every Fn::Equals object requires a list of 2 string parameters.');
}

/** Conditions compare text: `1` equals `"1"`, and a list another of the same texts. */
function comparable(value: Value | undefined): string | undefined {
  if (isScalar(value)) return String(value);
  return isList(value) && value.every(isScalar) ? JSON.stringify(value.map(String)) : undefined;
}

/** @param block e.g. `Conditions` */
export function unresolvedCondition(name: string, block: string) {
  return formatError(
    `Unresolved condition dependency ${name} in the ${block} block of the template`,
  );
}

function notACondition(value: Value) {
  return formatError(
    `Conditions can only be boolean operations on parameters and other conditions: ${JSON.stringify(value)}`,
  );
}
