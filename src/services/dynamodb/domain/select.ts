import { invalidParameters, validation } from '../errors.ts';
import { pathsIn } from './expressions/bind-condition.ts';
import type { Condition } from './expressions/syntax.ts';
import { keyAttributes } from './keys.ts';
import type { KeyShape } from './keys.ts';

/** What Select accepts. */
export const SELECTIONS = [
  'ALL_ATTRIBUTES',
  'ALL_PROJECTED_ATTRIBUTES',
  'SPECIFIC_ATTRIBUTES',
  'COUNT',
] as const;

export interface SelectParameters {
  readonly Select: (typeof SELECTIONS)[number] | undefined;
  readonly IndexName: string | undefined;
  readonly ProjectionExpression: string | undefined;
  readonly AttributesToGet: readonly (string | null)[] | undefined;
}

/** Refuses combinations of Select with what else a Query or Scan asks for. */
export function checkSelect(parameters: SelectParameters): void {
  const { Select, IndexName, ProjectionExpression, AttributesToGet } = parameters;
  const projection = ProjectionExpression ?? AttributesToGet;
  if (Select === 'ALL_PROJECTED_ATTRIBUTES' && IndexName === undefined) {
    throw invalidParameters(
      'ALL_PROJECTED_ATTRIBUTES can be used only when Querying using an IndexName',
    );
  }
  if (projection !== undefined && Select !== undefined && Select !== 'SPECIFIC_ATTRIBUTES') {
    const given = AttributesToGet ? 'AttributesToGet' : 'ProjectionExpression';
    const wanted = Select === 'COUNT' ? 'only the Count' : Select;
    throw validation(`Cannot specify the ${given} when choosing to get ${wanted}`);
  }
  if (projection === undefined && Select === 'SPECIFIC_ATTRIBUTES') {
    throw validation(
      'Must specify the AttributesToGet or ProjectionExpression when choosing to get SPECIFIC_ATTRIBUTES',
    );
  }
}

/**
 * A Query's filter runs after its key condition, so AWS keeps key attributes out of it.
 *
 * @param parameter what the refusal calls the filter
 */
export function refuseKeysInFilter(
  shape: KeyShape,
  filter: Condition,
  parameter = 'Filter Expression',
): void {
  const used = new Set(pathsIn(filter).map(([name]) => name));
  for (const { name } of keyAttributes(shape)) {
    if (!used.has(name)) continue;
    throw validation(
      `${parameter} can only contain non-primary key attributes: Primary key attribute: ${name}`,
    );
  }
}
