import type {
  CreateTableInput,
  GlobalSecondaryIndex,
  LocalSecondaryIndex,
} from '@aws-sdk/client-dynamodb';
import type { Ids } from '../../../kernel/ids.ts';
import { invalidParameters } from '../errors.ts';
import { newIndexBilling } from './billing.ts';
import { readProjection } from './index-projection.ts';
import { readKeySchema } from './key-schema.ts';
import type { KeyNames } from './key-schema.ts';
import type { Billing, Index } from './table.ts';

const MAX_LOCAL = 5;
/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html */
export const MAX_GLOBAL = 20;
const MAX_PROJECTED = 100;

type Definitions = NonNullable<CreateTableInput['AttributeDefinitions']>;

/** The indexes of a new table in the order of the request, global ones first, checked. */
export function newIndexes(
  input: CreateTableInput,
  keys: KeyNames,
  billing: Billing,
  ids: Ids,
): readonly Index[] {
  const { AttributeDefinitions: definitions = [] } = input;
  const local = input.LocalSecondaryIndexes;
  const global = input.GlobalSecondaryIndexes;
  if (local?.length === 0) throw invalidParameters('List of LocalSecondaryIndexes is empty');
  if (global?.length === 0) throw invalidParameters('List of GlobalSecondaryIndexes is empty');
  const indexes = [
    ...(local ?? []).map((asked) => newLocalIndex(asked, definitions, keys, ids)),
    ...(global ?? []).map((asked) => newGlobalIndex(asked, definitions, billing.mode, ids)),
  ];
  if ((local?.length ?? 0) > MAX_LOCAL) {
    throw invalidParameters(
      `Number of LocalSecondaryIndexes exceeds per-table limit of ${MAX_LOCAL}`,
    );
  }
  if ((global?.length ?? 0) > MAX_GLOBAL) {
    throw invalidParameters(
      `Number of GlobalSecondaryIndexes exceeds per-table limit of ${MAX_GLOBAL}`,
    );
  }
  checkTogether(indexes);
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

/** One that is still to become active. */
export function newGlobalIndex(
  asked: GlobalSecondaryIndex,
  definitions: Definitions,
  mode: Billing['mode'],
  ids: Ids,
): Index {
  const keys = readKeySchema(asked.KeySchema ?? [], definitions, 4);
  return {
    kind: 'global',
    name: asked.IndexName!,
    id: ids.uuid(),
    ...keys,
    projection: readProjection(asked.Projection),
    status: 'CREATING',
    billing: newIndexBilling(asked, mode),
  };
}

function newLocalIndex(
  asked: LocalSecondaryIndex,
  definitions: Definitions,
  { hashKeys, rangeKeys }: KeyNames,
  ids: Ids,
): Index {
  const name = asked.IndexName!;
  const keys = readKeySchema(asked.KeySchema ?? [], definitions, 1);
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
