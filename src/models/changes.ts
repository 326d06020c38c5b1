import { isDeepStrictEqual } from 'node:util';
import type { ResourceSchema } from './resource-schema.ts';

/** A property that two states of a resource disagree on. */
export interface Change {
  readonly property: string;
  /** Whether it takes a new resource, as AWS's resource specification says. */
  readonly replaces: 'no' | 'yes' | 'maybe';
  /** What it does to the property: an absent one is added, one left out is removed. */
  readonly action: 'Add' | 'Modify' | 'Remove';
}

/** How two states of a resource differ, by top-level property, sorted by name. */
export function changes(
  schema: ResourceSchema,
  previous: Readonly<Record<string, unknown>>,
  desired: Readonly<Record<string, unknown>>,
): readonly Change[] {
  const names = [...new Set([...Object.keys(previous), ...Object.keys(desired)])].toSorted();
  return names
    .filter((name) => !isDeepStrictEqual(previous[name], desired[name]))
    .map((property) => ({
      property,
      replaces: schema.properties[property]?.replaces ?? 'no',
      action: actionOf(previous[property], desired[property]),
    }));
}

function actionOf(previous: unknown, desired: unknown): Change['action'] {
  if (previous === undefined) return 'Add';
  return desired === undefined ? 'Remove' : 'Modify';
}
