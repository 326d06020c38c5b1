import { notBuilt } from './errors.ts';
import type { Template } from './template.ts';

/** A parameter as CreateStack and its like are given it. */
export interface GivenParameter {
  readonly ParameterKey?: string;
  readonly ParameterValue?: string;
  readonly UsePreviousValue?: boolean;
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
  _template: Template,
  _given: readonly GivenParameter[],
  _previous: ReadonlyMap<string, string>,
  _lookups: ParameterLookups,
): Promise<ReadonlyMap<string, ParameterValue>> {
  throw notBuilt('template parameters');
}
