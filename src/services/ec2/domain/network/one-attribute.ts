import * as errors from '../../errors.ts';

/**
 * The one attribute that a Modify…Attribute request gives a value: AWS takes one at a time.
 *
 * @throws MissingParameter, InvalidParameterCombination
 */
export function oneAttribute<Input extends object, const Name extends keyof Input & string>(
  input: Input,
  names: readonly Name[],
): Name {
  const given = names.filter((name) => input[name] !== undefined);
  const [only] = given;
  if (only === undefined) throw errors.missingParameter('attribute');
  if (given.length > 1) {
    throw errors.combination(`Fields for multiple attribute types specified: ${given.join(', ')}`);
  }
  return only;
}
