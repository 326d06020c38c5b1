import { type Explain, operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import type { Key, Value } from '../../../storage/engine.ts';
import { type Raw, answer } from '../domain/answer.ts';
import type { Item } from '../domain/attribute-value.ts';
import { readLookups } from '../domain/batch-lookup.ts';
import type { BatchLookup } from '../domain/batch-lookup.ts';
import { Spending, readUnits } from '../domain/capacity.ts';
import { refuseDuplicates } from '../domain/distinct-items.ts';
import { keyOfKey, refusePathsIntoKeys } from '../domain/keys.ts';
import * as parameter from '../domain/parameters.ts';
import { shownItem } from '../domain/shown-item.ts';
import { sizeOfStored } from '../domain/stored-item.ts';
import type { OpenTable } from '../domain/tables.ts';
import { validation } from '../errors.ts';
import type { DynamoDBScope } from '../scope.ts';
import { leave } from '../scope.ts';

/** What an answer may hold; the items that go beyond stay unprocessed. */
const MAX_BYTES = 16 * 1024 * 1024;

const PARAMETERS = {
  RequestItems: parameter.required(parameter.byTable('KeysAndAttributes', Infinity)),
  ReturnConsumedCapacity: parameter.capacityDetail,
};

export const batchGetItem = operation(model.BatchGetItem, {
  wire: true,
  authorize({ RequestItems }, { caller }: DynamoDBScope) {
    return Object.keys(RequestItems ?? {}).map((table) => leave('BatchGetItem', table, caller));
  },
  async handle(sent: object, { caller, explain, store, tables }: DynamoDBScope) {
    const input = parameter.readParameters(sent, PARAMETERS);
    const lookups = readLookups(input.RequestItems);
    const opened = await Promise.all(lookups.map(({ table }) => tables.open(caller, table)));
    const keys = lookups.flatMap((lookup, at) => locate(lookup, opened[at]!));
    refuseDuplicates(keys, duplicate);
    const found = collect(lookups, opened, await store.getMany(keys), explain);
    return answer({
      Responses: found.items,
      UnprocessedKeys: found.unprocessed,
      ConsumedCapacity: found.spending.ofAll(input.ReturnConsumedCapacity),
    });
  },
});

function locate({ keys, paths }: BatchLookup, table: OpenTable): readonly Key[] {
  refusePathsIntoKeys(table, paths);
  return keys.map((key) => keyOfKey(table, key));
}

/** @param values what stands at the keys of all lookups, one after the other */
function collect(
  lookups: readonly BatchLookup[],
  tables: readonly OpenTable[],
  values: readonly (Value | undefined)[],
  explain: Explain | undefined,
) {
  const items = new Map<string, Raw[]>();
  const unprocessed = new Map<string, object>();
  const spending = new Spending(explain);
  let bytes = 0;
  let next = 0;
  for (const [at, { table, keys, consistent, projection, sent }] of lookups.entries()) {
    const rows: Raw[] = [];
    const left: Item[] = [];
    for (const key of keys) {
      const value = values[next++];
      const size = value ? sizeOfStored(value) : 0;
      bytes += size;
      if (bytes > MAX_BYTES) left.push(key);
      else {
        spending.add(tables[at]!, readUnits(size, consistent));
        if (value) rows.push(shownItem(value, projection));
      }
    }
    items.set(table, rows);
    if (left.length > 0) unprocessed.set(table, { ...sent, Keys: left });
  }
  return { items, unprocessed, spending };
}

function duplicate(): Error {
  return validation('Provided list of item keys contains duplicates');
}
