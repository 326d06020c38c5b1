import { checkCondition } from '../condition-check.ts';
import type { Condition, Path } from '../expressions/syntax.ts';
import { refusePathsIntoKeys } from '../keys.ts';
import type { StoredItem } from '../stored-item.ts';
import type { OpenTable } from '../tables.ts';

/** What has to hold for a change to be made, out of a request's bound expressions. */
export interface Guard {
  readonly condition: Condition | undefined;
  /** Every path that stands in one of the request's expressions. */
  readonly paths: readonly Path[];
  /** Whether a refusal shows the item that stood there: ReturnValuesOnConditionCheckFailure. */
  readonly returnValues?: 'ALL_OLD' | 'NONE' | undefined;
}

export const UNGUARDED: Guard = { condition: undefined, paths: [] };

/** Refuses expressions that the table's keys do not allow. */
export function checkPaths(table: OpenTable, { paths }: Guard): void {
  refusePathsIntoKeys(table, paths);
}

/** @throws AwsError `ConditionalCheckFailedException` unless the condition holds for `standing` */
export function check({ condition, returnValues }: Guard, standing: StoredItem | undefined): void {
  checkCondition(condition, standing, returnValues);
}
