import type { Explain } from '../../../kernel/operation.ts';
import { Raw } from './answer.ts';
import { explainChange } from './explain.ts';
import type { ItemChanged } from './item-writes.ts';
import type { OpenTable } from './tables.ts';
import type { Use } from './throttle.ts';

/**
 * Capacity units by AWS's arithmetic.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
const READ_UNIT_BYTES = 4096;
const WRITE_UNIT_BYTES = 1024;

export type CapacityDetail = 'NONE' | 'TOTAL' | 'INDEXES';

/** What a transaction's answer names its units; others do not say. */
type Kind = 'read' | 'write' | undefined;

/** Reading one item; one that is not there costs the least. */
export function readUnits(bytes: number, consistent: boolean): number {
  return pageUnits(Math.max(bytes, 1), consistent);
}

/** Reading a page, whose items are added up before rounding. */
export function pageUnits(bytes: number, consistent: boolean): number {
  return Math.ceil(bytes / READ_UNIT_BYTES) * (consistent ? 1 : 0.5);
}

/** Writing: the larger of what stood there and what stands there now. */
export function writeUnits(...bytes: readonly number[]): number {
  return Math.ceil(Math.max(1, ...bytes) / WRITE_UNIT_BYTES);
}

interface Spent {
  readonly table: OpenTable;
  own: number;
  readonly indexes: Map<string, number>;
}

/** Adds up what a request's parts cost, by table and index. */
export class Spending {
  readonly #tables = new Map<string, Spent>();
  /** Absent where nobody asked for an explanation. */
  readonly explain: Explain | undefined;

  constructor(explain?: Explain) {
    this.explain = explain;
  }

  /**
   * What has been read.
   *
   * @param index the name of the one that was read; the table itself if left out
   * @param about what else there is to tell, where somebody asked for an explanation
   * @throws AwsError `ProvisionedThroughputExceededException` where throughput is enforced
   */
  add(table: OpenTable, units: number, index?: string, about?: object): void {
    table.meter?.check('read', index);
    this.explain?.({ read: table.name, ...(index && { index }), ...about, readUnits: units });
    this.#take('read', table, units, index);
  }

  #take(use: Use, table: OpenTable, units: number, index?: string): void {
    table.meter?.take(use, units, index);
    const spent = this.#of(table);
    if (index === undefined) spent.own += units;
    else spent.indexes.set(index, (spent.indexes.get(index) ?? 0) + units);
  }

  /**
   * What has been changed; it was checked before.
   *
   * @param times 2 in a transaction, which prepares and commits
   */
  addChange(changed: ItemChanged, times: 1 | 2 = 1): void {
    const { table, old, new: next, indexUnits } = changed;
    this.explain?.(explainChange(changed, times));
    this.#take('write', table, times * writeUnits(old?.size ?? 0, next?.size ?? 0));
    for (const [index, units] of indexUnits) this.#take('write', table, times * units, index);
  }

  /** ConsumedCapacity of a request that is about one table, if it was asked for. */
  ofOne(detail: CapacityDetail | undefined): Raw | undefined {
    const [spent] = this.#tables.values();
    return spent && isWanted(detail) ? json(describe(spent, detail, undefined)) : undefined;
  }

  /** ConsumedCapacity of a request that may be about several, if it was asked for. */
  ofAll(detail: CapacityDetail | undefined, kind?: Kind): Raw | undefined {
    if (!isWanted(detail)) return undefined;
    return json(Array.from(this.#tables.values(), (spent) => describe(spent, detail, kind)));
  }

  #of(table: OpenTable): Spent {
    const { arn } = table.table;
    const known = this.#tables.get(arn);
    if (known) return known;
    const spent: Spent = { table, own: 0, indexes: new Map() };
    this.#tables.set(arn, spent);
    return spent;
  }
}

function isWanted(detail: CapacityDetail | undefined): detail is 'TOTAL' | 'INDEXES' {
  return detail === 'TOTAL' || detail === 'INDEXES';
}

/** AWS sends units as fractions, also whole ones. */
function json(described: object): Raw {
  return Raw.of(JSON.stringify(described).replaceAll(/(Units":\d+)(?=[,}])/g, '$1.0'));
}

function describe({ table, own, indexes }: Spent, detail: 'TOTAL' | 'INDEXES', kind: Kind): object {
  let total = own;
  for (const units of indexes.values()) total += units;
  const whole = { TableName: table.name, ...unitsOf(total, kind) };
  if (detail === 'TOTAL') return whole;
  return {
    ...whole,
    Table: unitsOf(own, kind),
    ...ofIndexes('GlobalSecondaryIndexes', 'global', { table, indexes, kind }),
    ...ofIndexes('LocalSecondaryIndexes', 'local', { table, indexes, kind }),
  };
}

function ofIndexes(
  member: string,
  wanted: 'global' | 'local',
  { table, indexes, kind }: Pick<Spent, 'table' | 'indexes'> & { readonly kind: Kind },
): object {
  const entries = table.indexes
    .filter(({ name, index }) => index.kind === wanted && indexes.has(name))
    .map(({ name }) => [name, unitsOf(indexes.get(name)!, kind)]);
  return entries.length === 0 ? {} : { [member]: Object.fromEntries(entries) as object };
}

function unitsOf(CapacityUnits: number, kind: Kind): object {
  if (kind === undefined) return { CapacityUnits };
  return kind === 'read'
    ? { CapacityUnits, ReadCapacityUnits: CapacityUnits }
    : { CapacityUnits, WriteCapacityUnits: CapacityUnits };
}

/** ConsumedCapacity of a read of one table or index, if it was asked for. */
export function consumedByRead(
  detail: CapacityDetail | undefined,
  table: OpenTable,
  units: number,
  explain?: Explain,
  about?: object,
): Raw | undefined {
  if (!isWanted(detail) && !table.meter && !explain) return undefined;
  const spending = new Spending(explain);
  spending.add(table, units, undefined, about);
  return spending.ofOne(detail);
}

/** ConsumedCapacity of a change of one item, if it was asked for. */
export function consumedByChange(
  detail: CapacityDetail | undefined,
  changed: ItemChanged,
  explain?: Explain,
): Raw | undefined {
  if (!isWanted(detail) && !changed.table.meter && !explain) return undefined;
  const spending = new Spending(explain);
  spending.addChange(changed);
  return spending.ofOne(detail);
}
