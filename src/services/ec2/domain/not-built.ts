import * as errors from '../errors.ts';

/**
 * Refuses members of a request that ask for what is not built, each by name.
 *
 * @throws UnsupportedOperation
 */
export function refuseMembers<Input extends object>(
  operation: string,
  input: Input,
  members: readonly (keyof Input & string)[],
): void {
  for (const name of members) {
    const value: unknown = input[name];
    // Terraform sends what was not given as an empty text, as AWS lets it.
    if (value === undefined || value === false || value === '') continue;
    if (Array.isArray(value) && value.length === 0) continue;
    throw errors.unsupported(`Alacarte does not support ${name} in ${operation} yet.`);
  }
}
