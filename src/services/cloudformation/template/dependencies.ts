import { notBuilt } from './errors.ts';
import type { Template } from './template.ts';

/** Which resources each resource must wait for, by logical ID. Resources whose condition is false are not in it. */
export type Dependencies = ReadonlyMap<string, ReadonlySet<string>>;

/** @throws ValidationError where resources wait for one another */
export function dependencies(
  _template: Template,
  _conditions: ReadonlyMap<string, boolean>,
): Dependencies {
  throw notBuilt('dependencies');
}
