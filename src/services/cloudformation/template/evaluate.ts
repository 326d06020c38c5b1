import type { Environment } from './environment.ts';
import { notBuilt } from './errors.ts';
import type { Value } from './template.ts';

/**
 * A value of the template with its functions and dynamic references worked out.
 * @returns undefined where nothing is left of it: `AWS::NoValue`
 * @throws ValidationError in CloudFormation's words; NotKnownYet where a resource must be made first
 */
export async function evaluate(
  _value: Value,
  _environment: Environment,
): Promise<Value | undefined> {
  throw notBuilt('template functions');
}
