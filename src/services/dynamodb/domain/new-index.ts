import type {
  CreateTableInput,
  GlobalSecondaryIndex,
  LocalSecondaryIndex,
} from '@aws-sdk/client-dynamodb';
import type { Ids } from '../../../kernel/ids.ts';
import { invalidParameters } from '../errors.ts';
import type { Billing } from './billing.ts';
import { readProjection } from './index-projection.ts';
import { readGlobalKey, readKey } from './key-schema.ts';
import type { KeyNames } from './key-schema.ts';
import { newBilling } from './new-billing.ts';
import type { Index } from './table.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html */
const MAX_LOCAL = 5;
export const MAX_GLOBAL = 20;
const MAX_PROJECTED = 100;

/** The keys of the indexes that a CreateTable request asks for, in its order. */
export interface IndexKeys {
  readonly local: readonly KeyNames[];
  readonly global: readonly KeyNames[];
}

/** Reads all keys before anything else of an index is looked at, as AWS does. */
export function readIndexKeys(input: CreateTableInput): IndexKeys {
  const {
    AttributeDefinitions: definitions = [],
    LocalSecondaryIndexes: local,
    GlobalSecondaryIndexes: global,
  } = input;
  if (local?.length === 0) throw invalidParameters('List of LocalSecondaryIndexes is empty');
  if (global?.length === 0) throw invalidParameters('List of GlobalSecondaryIndexes is empty');
  return {
    local: (local ?? []).map(({ KeySchema = [] }, at) =>
      readKey(KeySchema, definitions, `localSecondaryIndexes.${at + 1}.member.keySchema`),
    ),
    global: (global ?? []).map(({ KeySchema = [] }) => readGlobalKey(KeySchema, definitions)),
  };
}

/** The indexes of a new table, local ones first. */
export function newIndexes(
  input: CreateTableInput,
  { local, global }: IndexKeys,
  table: { readonly keys: KeyNames; readonly billing: Billing; readonly region: string },
  ids: Ids,
): readonly Index[] {
  const { LocalSecondaryIndexes = [], GlobalSecondaryIndexes = [] } = input;
  const indexes = [
    ...LocalSecondaryIndexes.map((asked, at) => newLocalIndex(asked, local[at]!, table.keys, ids)),
    ...GlobalSecondaryIndexes.map((asked, at): Index => {
      const index = newGlobalIndex(asked, global[at]!, table.billing.mode, table.region, ids);
      checkUnitsOfNew(asked, table.billing.mode);
      return index;
    }),
  ];
  checkTogether(indexes);
  if (local.length > MAX_LOCAL) {
    throw invalidParameters(
      `Number of LocalSecondaryIndexes exceeds per-table limit of ${MAX_LOCAL}`,
    );
  }
  if (global.length > MAX_GLOBAL) {
    throw invalidParameters(
      `GlobalSecondaryIndex count exceeds the per-table limit of ${MAX_GLOBAL}`,
    );
  }
  return indexes;
}

/** What holds for all indexes of a table together. */
export function checkTogether(indexes: readonly Index[]): void {
  const names = new Set<string>();
  let projected = 0;
  for (const { name, projection } of indexes) {
    if (names.has(name)) throw invalidParameters(`Duplicate index name: ${name}`);
    names.add(name);
    if (projection.type === 'INCLUDE') projected += projection.attributes.length;
  }
  if (projected <= MAX_PROJECTED) return;
  throw invalidParameters(
    `Number of projected attributes in all indexes exceeds limit of ${MAX_PROJECTED}`,
  );
}

function checkUnitsOfNew(asked: GlobalSecondaryIndex, mode: Billing['mode']): void {
  const { IndexName: name, ProvisionedThroughput: units } = asked;
  if (mode === 'PAY_PER_REQUEST' && units) {
    throw invalidParameters(
      `ProvisionedThroughput should not be specified for index: ${name} when BillingMode is PAY_PER_REQUEST`,
    );
  }
  if (mode === 'PROVISIONED' && !units) {
    throw invalidParameters(`ProvisionedThroughput is not specified for index: ${name}`);
  }
}

/** One that is still to become active; whether it may have units of its own is checked elsewhere. */
export function newGlobalIndex(
  asked: GlobalSecondaryIndex,
  keys: KeyNames,
  mode: Billing['mode'],
  region: string,
  ids: Ids,
): Index {
  const name = asked.IndexName!;
  return {
    kind: 'global',
    name,
    id: ids.uuid(),
    ...keys,
    projection: readProjection(asked.Projection),
    status: 'CREATING',
    billing: newBilling(asked, mode, { region, index: name }),
  };
}

function newLocalIndex(
  asked: LocalSecondaryIndex,
  keys: KeyNames,
  { hashKeys, rangeKeys }: KeyNames,
  ids: Ids,
): Index {
  const name = asked.IndexName!;
  if (rangeKeys.length === 0) {
    throw invalidParameters(
      'Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex',
    );
  }
  if (keys.hashKeys[0] !== hashKeys[0]) {
    throw invalidParameters(
      `Index KeySchema does not have the same leading hash key as table KeySchema for index: ${name}. index hash key: ${keys.hashKeys[0]}, table hash key: ${hashKeys[0]}`,
    );
  }
  if (keys.rangeKeys.length === 0) {
    throw invalidParameters(`Index KeySchema does not have a range key for index: ${name}`);
  }
  const projection = readProjection(asked.Projection);
  return { kind: 'local', name, id: ids.uuid(), ...keys, projection, status: 'CREATING' };
}
