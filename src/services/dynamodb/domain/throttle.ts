import type { Clock } from '../../../kernel/clock.ts';
import { onDemandMaximumExceeded, throughputExceeded } from '../errors.ts';
import type { Billing } from './billing.ts';
import type { Table } from './table.ts';

export type Use = 'read' | 'write';

/**
 * Units that are left unused are kept for this long.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/burst-adaptive-capacity.html
 */
const BURST_SECONDS = 300;

/** Units saved up; less than none where a request took more than there were. */
interface Bucket {
  saved: number;
  atMs: number;
}

interface Limit {
  /** Units a second. */
  readonly rate: number;
  refusal(): Error;
}

/** Holds tables and indexes to the throughput that they have, each process by itself. */
export class Throttle {
  readonly #clock: Clock;
  readonly #buckets = new Map<string, Bucket>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  meter(table: Table): Meter {
    return new Meter(table, (place, rate) => this.#bucket(place, rate));
  }

  /** One that has just been made has a second's units; what is saved grows with the clock. */
  #bucket(place: string, rate: number): Bucket {
    const nowMs = this.#clock.now();
    const bucket = this.#buckets.get(place) ?? { saved: rate, atMs: nowMs };
    const earned = (rate * Math.max(0, nowMs - bucket.atMs)) / 1000;
    bucket.saved = Math.min(bucket.saved + earned, rate * BURST_SECONDS);
    bucket.atMs = nowMs;
    this.#buckets.set(place, bucket);
    return bucket;
  }
}

/** Counts what is done to one table and its indexes. */
export class Meter {
  readonly #table: Table;
  readonly #bucket: (place: string, rate: number) => Bucket;

  constructor(table: Table, bucket: (place: string, rate: number) => Bucket) {
    this.#table = table;
    this.#bucket = bucket;
  }

  /**
   * Refuses where nothing is left; who finds something left may take more than that.
   *
   * @param index the name of the one that is used, if it is not the table itself
   */
  check(use: Use, index?: string): void {
    const { limit, bucket } = this.#find(use, index);
    if (bucket && bucket.saved <= 0) throw limit!.refusal();
  }

  /** Takes units that have been used. */
  take(use: Use, units: number, index?: string): void {
    const { bucket } = this.#find(use, index);
    if (bucket) bucket.saved -= units;
  }

  #find(use: Use, name: string | undefined): { limit?: Limit; bucket?: Bucket } {
    const { id: tableId, billing: tableBilling, indexes = [] } = this.#table;
    const named = name === undefined ? undefined : indexes.find((index) => index.name === name);
    // a local index lives on its table's units
    const index = named?.kind === 'global' ? named : undefined;
    const limit = limitOf(index?.billing ?? tableBilling, use, index !== undefined);
    if (!limit) return {};
    return { limit, bucket: this.#bucket(`${use} ${index?.id ?? tableId}`, limit.rate) };
  }
}

function limitOf(billing: Billing, use: Use, ofIndex: boolean): Limit | undefined {
  const reads = use === 'read';
  if (billing.mode === 'PROVISIONED') {
    const rate = reads ? billing.readUnits : billing.writeUnits;
    return { rate, refusal: () => throughputExceeded(ofIndex) };
  }
  const most = reads ? billing.maxReadUnits : billing.maxWriteUnits;
  return most === undefined || most < 0
    ? undefined
    : { rate: most, refusal: onDemandMaximumExceeded };
}
