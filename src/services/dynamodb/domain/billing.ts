/** Reads and writes a second. */
export interface Units {
  readonly readUnits: number;
  readonly writeUnits: number;
}

/** How a table or a global index is paid for, and what it may bear. */
export interface Billing extends Units {
  readonly mode: 'PROVISIONED' | 'PAY_PER_REQUEST';
  /** Limits on demand; absent is none. */
  readonly maxReadUnits?: number;
  readonly maxWriteUnits?: number;
  /** What it was once made for, where that is more than its mode gives by itself. */
  readonly warm?: Units;
  /** When it last became on-demand. */
  readonly onDemandSinceMs?: number;
  readonly increasedAtMs?: number;
  readonly decreasedAtMs?: number;
  /** On the UTC day of `decreasedAtMs`. */
  readonly decreases?: number;
}

/** What on-demand tables and indexes start with. */
export const ON_DEMAND: Units = { readUnits: 12_000, writeUnits: 4_000 };
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * What it can bear at once: never less than before.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/warm-throughput.html
 */
export function warmUnits({ mode, warm, ...units }: Billing): Units {
  const given = mode === 'PAY_PER_REQUEST' ? ON_DEMAND : units;
  return {
    readUnits: Math.max(given.readUnits, warm?.readUnits ?? 0),
    writeUnits: Math.max(given.writeUnits, warm?.writeUnits ?? 0),
  };
}

/** How often provisioned units were taken back on the UTC day of `nowMs`. */
export function decreasesToday({ decreasedAtMs, decreases = 0 }: Billing, nowMs: number): number {
  if (decreasedAtMs === undefined) return 0;
  return Math.floor(decreasedAtMs / DAY_MS) === Math.floor(nowMs / DAY_MS) ? decreases : 0;
}
