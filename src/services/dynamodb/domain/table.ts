import { arnOf } from '../../../kernel/arn.ts';
import type { Caller } from '../../../kernel/caller.ts';
import type { KeyType } from './attribute-value.ts';
import type { KeyNames } from './key-schema.ts';
import type { KeyAttribute, KeyShape } from './keys.ts';
import { entriesOf, itemsOf } from './keys.ts';

/** A table as it is recorded. */
export interface Table {
  readonly name: string;
  /** A UUID: a table created again under the same name is another table. */
  readonly id: string;
  readonly arn: string;
  readonly status: 'CREATING' | 'UPDATING' | 'ACTIVE' | 'DELETING';
  readonly createdAtMs: number;
  readonly attributeDefinitions: readonly { readonly name: string; readonly type: KeyType }[];
  readonly hashKey: string;
  readonly rangeKey?: string;
  /** In the order in which they came; absent is none. */
  readonly indexes?: readonly Index[];
  readonly billing: Billing;
  readonly tableClass?: TableClass;
  readonly deletionProtection: boolean;
  readonly encryption?: { readonly type: 'KMS'; readonly keyArn: string };
  readonly tags: Readonly<Record<string, string>>;
}

/** A secondary index as it is recorded. */
export interface Index {
  readonly kind: 'global' | 'local';
  readonly name: string;
  /** A UUID: entries of an earlier index of this name are not this one's. */
  readonly id: string;
  /** A local index's is the table's. */
  readonly hashKeys: readonly string[];
  readonly rangeKeys: readonly string[];
  readonly projection: Projection;
  /** Entries are kept up in every status but DELETING; queries need ACTIVE. */
  readonly status: 'CREATING' | 'UPDATING' | 'ACTIVE' | 'DELETING';
  /** A global index's own throughput, in the table's mode. */
  readonly billing?: Billing;
}

/** Key attributes of table and index are always in. */
export type Projection =
  | { readonly type: 'ALL' | 'KEYS_ONLY' }
  | { readonly type: 'INCLUDE'; readonly attributes: readonly string[] };

export type TableClass = 'STANDARD' | 'STANDARD_INFREQUENT_ACCESS';

export type Billing =
  | { readonly mode: 'PROVISIONED'; readonly readUnits: number; readonly writeUnits: number }
  | {
      readonly mode: 'PAY_PER_REQUEST';
      /** Limits on demand; -1 is none. */
      readonly maxReadUnits?: number;
      readonly maxWriteUnits?: number;
      /** When the table changed to this mode, where it was not made so. */
      readonly sinceMs?: number;
    };

export function tableArn(caller: Pick<Caller, 'account' | 'region'>, name: string): string {
  return arnOf(caller, 'dynamodb', `table/${name}`);
}

/** Whether its items can be read and written. */
export function isUsable({ status }: Table): boolean {
  return status === 'ACTIVE' || status === 'UPDATING';
}

/** The names of a table's key attributes, in the form of an index's. */
export function keyNames({ hashKey, rangeKey }: Pick<Table, 'hashKey' | 'rangeKey'>): KeyNames {
  return { hashKeys: [hashKey], rangeKeys: rangeKey === undefined ? [] : [rangeKey] };
}

/** How the table's items are found. */
export function keyShape(table: Table): KeyShape {
  const { hashKeys, rangeKeys } = keyNames(table);
  return {
    prefix: itemsOf(table.id),
    hash: hashKeys.map((name) => definitionOf(table, name)),
    range: rangeKeys.map((name) => definitionOf(table, name)),
  };
}

/** How an index's entries are found. */
export function indexShape(table: Table, { id, hashKeys, rangeKeys }: Index): KeyShape {
  return {
    prefix: entriesOf(id),
    hash: hashKeys.map((name) => definitionOf(table, name)),
    range: rangeKeys.map((name) => definitionOf(table, name)),
    items: keyShape(table),
  };
}

function definitionOf(table: Table, name: string): KeyAttribute {
  const definition = table.attributeDefinitions.find((defined) => defined.name === name);
  if (!definition) throw new Error(`table ${table.arn} does not define its key ${name}`);
  return definition;
}

/** Whether it was asked for something that is described but has no effect. */
export function isPartlyRecorded({ encryption, tableClass, billing }: Table): boolean {
  const limited =
    billing.mode === 'PAY_PER_REQUEST' &&
    (billing.maxReadUnits !== undefined || billing.maxWriteUnits !== undefined);
  return encryption !== undefined || tableClass !== undefined || limited;
}
