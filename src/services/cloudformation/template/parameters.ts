import { checkConstraints } from './constraints.ts';
import { validationError } from './errors.ts';
import { namesSomething, parameterType } from './parameter-types.ts';
import { splitList } from './split-list.ts';
import type { Parameter, Template } from './template.ts';

/** A parameter as CreateStack and its like are given it. */
export interface GivenParameter {
  readonly ParameterKey?: string | undefined;
  readonly ParameterValue?: string | undefined;
  readonly UsePreviousValue?: boolean | undefined;
}

export interface ParameterValue {
  /** As it was given, a list with commas between; what DescribeStacks shows (unless `noEcho`) and what UsePreviousValue means. */
  readonly given: string;
  /** What `Ref` gives: text, or texts of a list; of an SSM type, what the SSM parameter holds. */
  readonly resolved: string | readonly string[];
  /** Of an SSM type: what DescribeStacks shows as `ResolvedValue`. */
  readonly resolvedValue: string | undefined;
  readonly noEcho: boolean;
}

/** What a parameter's type asks of the account. */
export interface ParameterLookups {
  /** The value of a String or StringList of SSM, the latter with commas between; undefined where there is none. */
  ssmParameter(name: string): Promise<string | undefined>;
  /** @param type of one value, e.g. `AWS::EC2::Subnet::Id` also where the parameter is a list of them */
  exists(type: string, value: string): Promise<boolean>;
}

/**
 * The template's parameters, from what is given, what was given before, and defaults.
 * @param previous what `given` of the last values was, by name
 * @throws ValidationError in CloudFormation's words: missing, unknown or outside of constraints
 */
export async function readParameters(
  template: Template,
  given: readonly GivenParameter[],
  previous: ReadonlyMap<string, string>,
  lookups: ParameterLookups,
): Promise<ReadonlyMap<string, ParameterValue>> {
  const texts = chooseTexts(template, given, previous);
  const values = new Map<string, ParameterValue>();
  for (const [name, parameter] of template.parameters) {
    values.set(name, await readOne(name, parameter, texts.get(name) ?? '', lookups));
  }
  return values;
}

function chooseTexts(
  template: Template,
  given: readonly GivenParameter[],
  previous: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const names = given.map(({ ParameterKey = '' }) => ParameterKey);
  refuseAny(
    names.filter((name, at) => names.indexOf(name) !== at),
    'are given more than once',
  );
  refuseAny(
    names.filter((name) => !template.parameters.has(name)),
    'do not exist in the template',
  );

  const texts = new Map<string, string>();
  for (const [name, { default: preset }] of template.parameters) {
    const parameter = given.find((each) => each.ParameterKey === name);
    const text =
      parameter?.UsePreviousValue === true
        ? previous.get(name)
        : (parameter?.ParameterValue ?? preset);
    if (text !== undefined) texts.set(name, text);
  }
  refuseAny(
    [...template.parameters.keys()].filter((name) => !texts.has(name)),
    'must have values',
  );
  return texts;
}

/** @throws e.g. `Parameters: [Size] must have values` */
function refuseAny(names: readonly string[], why: string): void {
  if (names.length > 0) throw validationError(`Parameters: [${names.join(', ')}] ${why}`);
}

async function readOne(
  name: string,
  parameter: Parameter,
  given: string,
  lookups: ParameterLookups,
): Promise<ParameterValue> {
  const { element, isList, fromSsm } = parameterType(parameter.type);
  checkConstraints(name, parameter, given);
  const held = fromSsm ? await lookups.ssmParameter(given) : given;
  if (held === undefined) {
    throw validationError(
      `Unable to fetch parameters [${given}] from parameter store for this account.`,
    );
  }
  const values = isList ? splitList(held) : [held];
  if (namesSomething(element)) {
    for (const value of values) await checkExists(name, element, value, lookups);
  }
  return {
    given,
    resolved: isList ? values : held,
    resolvedValue: fromSsm ? held : undefined,
    noEcho: parameter.noEcho,
  };
}

async function checkExists(
  name: string,
  type: string,
  value: string,
  lookups: ParameterLookups,
): Promise<void> {
  if (await lookups.exists(type, value)) return;
  throw validationError(
    value === ''
      ? `Parameter validation failed: parameter value for parameter name ${name} is required`
      : `Parameter validation failed: parameter value ${value} for parameter name ${name} does not exist`,
  );
}
