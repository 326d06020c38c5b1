import { invalidParameters } from '../errors.ts';
import { resourceInUse } from '../table-errors.ts';
import { hasStream } from './streams.ts';
import type { Table } from './table.ts';
import { keyNames, statusOf } from './table.ts';

// What tables must be to become replicas of one global table of version 2017.11.29:
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_CreateGlobalTable.html

/** @throws ValidationException, ResourceInUseException */
export function checkFitToJoin(table: Table, region: string): void {
  const { name } = table;
  if (statusOf(table) !== 'ACTIVE') throw resourceInUse(`Table is not ACTIVE: ${name}`);
  if (table.replicas) {
    throw invalidParameters(
      `Table ${name} in ${region} is a replica of a global table of version 2019.11.21`,
    );
  }
  if (!hasStream(table) || table.stream.viewType !== 'NEW_AND_OLD_IMAGES') {
    throw invalidParameters(
      `Table ${name} in ${region} must have a stream with the view type NEW_AND_OLD_IMAGES`,
    );
  }
}

/** @throws ValidationException where keys or indexes are not the same in all */
export function checkAlike([first, ...others]: readonly Table[]): void {
  for (const other of others) {
    if (keysOf(first!) !== keysOf(other)) {
      throw invalidParameters('All replicas of a global table must have the same key schema');
    }
    if (indexesOf(first!) !== indexesOf(other)) {
      throw invalidParameters(
        'All replicas of a global table must have the same secondary indexes with the same keys',
      );
    }
  }
}

function keysOf(table: Table): string {
  return typed(table, keyNames(table));
}

function indexesOf(table: Table): string {
  const indexes = (table.indexes ?? []).map(
    (index) => `${index.kind} ${index.name} ${typed(table, index)}`,
  );
  return indexes.toSorted().join('\n');
}

function typed(
  { attributeDefinitions }: Table,
  { hashKeys, rangeKeys }: ReturnType<typeof keyNames>,
): string {
  const withType = (name: string) =>
    `${name}:${attributeDefinitions.find((defined) => defined.name === name)?.type}`;
  return JSON.stringify([hashKeys.map(withType), rangeKeys.map(withType)]);
}
