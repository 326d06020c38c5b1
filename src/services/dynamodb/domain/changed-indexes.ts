import type {
  AttributeDefinition,
  CreateGlobalSecondaryIndexAction,
  UpdateGlobalSecondaryIndexAction,
} from '@aws-sdk/client-dynamodb';
import type { Caller } from '../../../kernel/caller.ts';
import type { Ids } from '../../../kernel/ids.ts';
import { invalidParameters, validation } from '../errors.ts';
import { indexNotFound, limitExceeded, onlineIndexLimit, resourceInUse } from '../table-errors.ts';
import { describeDefinitions, usedDefinitions } from './attribute-definitions.ts';
import type { Billing } from './billing.ts';
import { changedBilling } from './changed-billing.ts';
import { readGlobalKey } from './key-schema.ts';
import { MAX_GLOBAL, checkTogether, newGlobalIndex } from './new-index.ts';
import type { Index, Table } from './table.ts';
import { keyNames } from './table.ts';

/** What a change depends on beside table and request. */
export interface ChangeContext {
  readonly caller: Caller;
  readonly ids: Ids;
  readonly nowMs: number;
}

/** A table with one index more, which is still to be made. */
export function withNewIndex(
  table: Table,
  asked: CreateGlobalSecondaryIndexAction,
  definitions: readonly AttributeDefinition[] | undefined,
  { caller, ids }: ChangeContext,
): Table {
  const { indexes = [], billing, next } = table;
  const name = asked.IndexName!;
  if (indexes.some((index) => index.name === name)) {
    throw validation('Attempting to create an index which already exists');
  }
  checkOnline(table);
  if (!definitions) {
    throw invalidParameters(`AttributeDefinitions is not specified for index: ${name}`);
  }
  const { mode } = next?.billing ?? billing;
  checkUnitsOfAdded(asked, mode);
  const standing = describeDefinitions(table.attributeDefinitions);
  const defined = [...standing, ...definitions.filter((one) => !defines(standing, one))];
  const keys = readGlobalKey(asked.KeySchema ?? [], defined);
  checkSameTypes(table, definitions, [...keys.hashKeys, ...keys.rangeKeys]);
  if (indexes.filter(({ kind }) => kind === 'global').length >= MAX_GLOBAL) {
    throw limitExceeded(
      `Subscriber limit exceeded: Number of global secondary indexes exceeds per-table limit of ${MAX_GLOBAL}`,
    );
  }
  const index: Index = {
    ...newGlobalIndex(asked, keys, mode, caller.region, ids),
    backfilling: false,
  };
  checkTogether([...indexes, index]);
  return {
    ...table,
    indexes: [...indexes, index],
    attributeDefinitions: usedDefinitions(defined, [keyNames(table), ...indexes, index]),
  };
}

/** A table of which one index is to go. */
export function withoutIndex(table: Table, name: string): Table {
  const index = globalIndex(table, name, 'delete');
  if (index.status === 'CREATING' && !index.backfilling) {
    throw resourceInUse(
      `Index creation is in resource allocation phase. Retry deletion during backfilling phase or when the index is active. Table: ${table.name} Index: ${name}`,
    );
  }
  if (index.status !== 'CREATING') checkFree(table, index);
  checkOnline(table, index);
  const { backfilling: _backfilling, ...leaving } = index;
  return withIndex(table, { ...leaving, status: 'DELETING' });
}

/** A table of which one index gets another throughput; warmth comes at once, the rest when it is done. */
export function withUpdatedIndex(
  table: Table,
  asked: UpdateGlobalSecondaryIndexAction,
  { caller, nowMs }: ChangeContext,
): Table {
  const name = asked.IndexName!;
  const index = globalIndex(table, name, 'update');
  checkFree(table, index);
  const { mode } = table.billing;
  const { ProvisionedThroughput, OnDemandThroughput, WarmThroughput } = asked;
  if (mode === 'PAY_PER_REQUEST' && ProvisionedThroughput) {
    throw invalidParameters(
      `The only Updates for index: ${name} when TableThroughputMode is PAY_PER_REQUEST can be to OnDemandThroughput, WarmThroughput`,
    );
  }
  if (!ProvisionedThroughput && !OnDemandThroughput && !WarmThroughput) {
    throw invalidParameters(
      `Both ReadCapacityUnits and WriteCapacityUnits must be specified for index: ${name}`,
    );
  }
  const billing = changedBilling(
    index.billing!,
    asked,
    { region: caller.region, index: name },
    nowMs,
  );
  return withIndex(
    table,
    ProvisionedThroughput || OnDemandThroughput
      ? { ...index, status: 'UPDATING', nextBilling: billing }
      : { ...index, billing },
  );
}

function withIndex(table: Table, changed: Index): Table {
  const indexes = table.indexes!.map((index) => (index.id === changed.id ? changed : index));
  return { ...table, indexes };
}

function globalIndex(table: Table, name: string, verb: 'update' | 'delete'): Index {
  const index = table.indexes?.find((one) => one.name === name);
  if (!index) throw indexNotFound(name, table.name);
  if (index.kind === 'global') return index;
  throw validation(`Cannot ${verb} an index that is not a GlobalSecondaryIndex: ${name}`);
}

const UNDER_WAY = { CREATING: 'created', UPDATING: 'updated', DELETING: 'deleted' } as const;

function checkFree(table: Table, { name, status }: Index): void {
  if (status === 'ACTIVE') return;
  throw resourceInUse(`Index is being ${UNDER_WAY[status]}. Table: ${table.name} Index: ${name}`);
}

/** One index comes or goes at a time, and only while the table itself does not change. */
function checkOnline({ name, indexes = [], next }: Table, except?: Index): void {
  const online = indexes.filter(({ status }) => status === 'CREATING' || status === 'DELETING');
  if (online.some((index) => index !== except)) throw onlineIndexLimit();
  if (next?.tableClass) {
    throw resourceInUse(
      "Can't create or delete an index when a table class update is in progress.",
    );
  }
  if (next) {
    throw resourceInUse(
      `Can't create or delete indexes while table IOPS are being updated. Table: ${name}`,
    );
  }
}

function checkUnitsOfAdded(
  { IndexName: name, ProvisionedThroughput: units }: CreateGlobalSecondaryIndexAction,
  mode: Billing['mode'],
): void {
  if (mode === 'PAY_PER_REQUEST' && units) {
    throw invalidParameters(
      `Neither ReadCapacityUnits nor WriteCapacityUnits can be specified for index: ${name} when BillingMode is PAY_PER_REQUEST`,
    );
  }
  if (mode === 'PROVISIONED' && !units) {
    throw invalidParameters(
      `Both ReadCapacityUnits and WriteCapacityUnits must be specified for index: ${name}`,
    );
  }
}

function defines(
  definitions: readonly AttributeDefinition[],
  { AttributeName }: AttributeDefinition,
) {
  return definitions.some((one) => one.AttributeName === AttributeName);
}

/** An attribute that has a type already keeps it. */
function checkSameTypes(
  table: Table,
  asked: readonly AttributeDefinition[],
  keys: readonly string[],
): void {
  for (const { name, type } of table.attributeDefinitions) {
    const other = asked.find(({ AttributeName }) => AttributeName === name)?.AttributeType;
    if (other === undefined || other === type || !keys.includes(name)) continue;
    throw invalidParameters(
      `Attributes cannot be redefined. Please check that your attribute has the same type as previously defined. Existing schema: Schema:[SchemaElement: key{${name}:${type}}] New schema: Schema:[SchemaElement: key{${name}:${other}}]`,
    );
  }
}
