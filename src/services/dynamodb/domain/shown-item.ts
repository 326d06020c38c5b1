import type { Value } from '../../../storage/engine.ts';
import { Raw } from './answer.ts';
import { project } from './expressions/projection.ts';
import type { Path } from './expressions/syntax.ts';
import { jsonOf, parseStored } from './stored-item.ts';

/** A stored item as answers show it: its bytes, or what a projection selects of it. */
export function shownItem(value: Value, projection: readonly Path[] | undefined): Raw {
  return projection
    ? Raw.of(JSON.stringify(project(parseStored(value), projection)))
    : new Raw(jsonOf(value));
}
