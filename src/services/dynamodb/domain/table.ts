import { arnOf } from '../../../kernel/arn.ts';
import type { Caller } from '../../../kernel/caller.ts';
import type { KeyType } from './attribute-value.ts';
import type { Billing } from './billing.ts';
import type { Insights } from './contributor-insights.ts';
import type { Encryption } from './encryption.ts';
import type { KeyNames } from './key-schema.ts';
import type { KeyAttribute, KeyShape } from './keys.ts';
import { entriesOf, itemsOf } from './keys.ts';
import type { KinesisDestination } from './kinesis-destinations.ts';
import type { ReplicaScaling } from './replica-scaling.ts';
import type { ResourcePolicy } from './resource-policy.ts';

/** A table as it is recorded. */
export interface Table {
  readonly name: string;
  /** A UUID: a table created again under the same name is another table. */
  readonly id: string;
  readonly arn: string;
  /** While a change is under way it is shown as UPDATING: see `statusOf`. */
  readonly status: 'CREATING' | 'ACTIVE' | 'DELETING';
  readonly createdAtMs: number;
  /** By name. */
  readonly attributeDefinitions: readonly { readonly name: string; readonly type: KeyType }[];
  readonly hashKey: string;
  readonly rangeKey?: string;
  /** In the order in which they came; absent is none. */
  readonly indexes?: readonly Index[];
  readonly billing: Billing;
  readonly tableClass?: TableClass;
  readonly deletionProtection: boolean;
  readonly encryption?: Encryption;
  /** Point-in-time recovery, while it is on. */
  readonly recovery?: Recovery;
  /** IDs of the backups and tables that its items are being copied to; absent is none. */
  readonly copies?: readonly string[];
  /** The other replicas of a global table; absent for a table that stands alone. */
  readonly replicas?: readonly Replica[];
  /** For a replica of a global table of version 2017.11.29, also while it is the only one. */
  readonly globalTable2017?: GlobalTable2017;
  /** Where it came from, if it was restored. */
  readonly restore?: Restore;
  /** The latest; it may have ended. */
  readonly stream?: TableStream;
  readonly timeToLive?: TimeToLive;
  readonly insights?: Insights;
  /** Of one replica among others. */
  readonly scaling?: ReplicaScaling;
  readonly kinesis?: readonly KinesisDestination[];
  readonly policy?: ResourcePolicy;
  readonly tags: Readonly<Record<string, string>>;
  /** What a change that is under way will have made of it. */
  readonly next?: NextSettings;
}

/** What a change replaces when it is done. */
export type NextSettings = Partial<Pick<Table, 'billing' | 'tableClass'>>;

/** Since when, and for how many days back, a table can be restored to any moment. */
export interface Recovery {
  readonly sinceMs: number;
  readonly days: number;
}

/** The same table in another region: it has the same name there. */
export interface Replica {
  readonly region: string;
  readonly tableId: string;
  readonly status: 'CREATING' | 'ACTIVE' | 'DELETING';
}

/** What all replicas of a global table of version 2017.11.29 know of it. */
export interface GlobalTable2017 {
  readonly createdAtMs: number;
  readonly status: 'CREATING' | 'UPDATING' | 'ACTIVE' | 'DELETING';
}

export interface Restore {
  readonly backupArn?: string;
  readonly tableArn: string;
  /** The moment that it was brought back to. */
  readonly toMs: number;
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
  /** Entries are kept up in every status but DELETING. */
  readonly status: 'CREATING' | 'UPDATING' | 'ACTIVE' | 'DELETING';
  /**
   * Of one that is added to a table that stands: false while it is announced, true while entries of
   * the items that stood before it are made.
   */
  readonly backfilling?: boolean;
  /** A global index's own throughput, in the table's mode. */
  readonly billing?: Billing;
  /** The same once it is no longer UPDATING. */
  readonly nextBilling?: Billing;
  readonly insights?: Insights;
  readonly scaling?: ReplicaScaling;
}

/** Whether items go when they have expired, and by which attribute. */
export interface TimeToLive {
  readonly attribute: string;
  readonly status: 'ENABLING' | 'ENABLED' | 'DISABLING' | 'DISABLED';
  readonly changedAtMs: number;
}

/** What a stream shows of a table, and which part of its journal. */
export interface TableStream {
  /** Tells it from the table's other streams. */
  readonly label: string;
  readonly viewType: StreamViewType;
  readonly createdAtMs: number;
  /** The lowest sequence number that its records can have. */
  readonly from: number;
  /** Once it is disabled: the first sequence number behind its records. */
  readonly end?: number;
  readonly disabledAtMs?: number;
}

export type StreamViewType = 'KEYS_ONLY' | 'NEW_IMAGE' | 'OLD_IMAGE' | 'NEW_AND_OLD_IMAGES';

/** Key attributes of table and index are always in. */
export type Projection =
  | { readonly type: 'ALL' | 'KEYS_ONLY' }
  | { readonly type: 'INCLUDE'; readonly attributes: readonly string[] };

export type TableClass = 'STANDARD' | 'STANDARD_INFREQUENT_ACCESS';

export function tableArn(caller: Pick<Caller, 'account' | 'region'>, name: string): string {
  return arnOf(caller, 'dynamodb', `table/${name}`);
}

/** Whether its items can be read and written. */
export function isUsable({ status }: Table): boolean {
  return status === 'ACTIVE';
}

/** The status that AWS would show. */
export function statusOf({
  status,
  next,
  indexes = [],
  replicas = [],
}: Table): 'CREATING' | 'UPDATING' | 'ACTIVE' | 'DELETING' {
  if (status !== 'ACTIVE') return status;
  const busy = indexes.some(
    (index) => index.status === 'DELETING' || (index.status === 'CREATING' && !index.backfilling),
  );
  const regrouping = replicas.some((replica) => replica.status !== 'ACTIVE');
  return busy || regrouping || next ? 'UPDATING' : 'ACTIVE';
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
export function isPartlyRecorded({ encryption, tableClass, billing, policy }: Table): boolean {
  const limited = billing.maxReadUnits !== undefined || billing.maxWriteUnits !== undefined;
  return encryption !== undefined || tableClass !== undefined || policy !== undefined || limited;
}
