import type { Engine, Key, Value, Write } from '../../../storage/engine.ts';
import { key } from '../../../storage/keys.ts';
import { uuidBytes, uuidOf } from './keys.ts';
import { recoveryMs } from './continuous-backups.ts';
import { StoredItem } from './stored-item.ts';
import type { Table } from './table.ts';

/**
 * What happened to a table's items, one record a change in the order of their commits. A stream
 * shows it, a restore to a point in time plays it backwards, replicas follow it. It stands below
 * `dynamodb` `journal` <table ID> <sequence number, 8 bytes>; the next number stands at
 * `dynamodb` `journal-head` <table ID> and is part of every transaction that appends.
 *
 * Sequence numbers are microseconds of cloud time, so that a moment is a place in the journal; they
 * only grow, also where the clock stands still or goes back.
 */
/** All records stand below this. */
export const JOURNAL = key('dynamodb', 'journal');
/** All heads stand below this. */
export const HEADS = key('dynamodb', 'journal-head');

/** Who changed an item, where it was not a client. */
export type Author = 'time-to-live' | 'replication';

export interface JournalRecord {
  readonly sequence: number;
  readonly atMs: number;
  readonly author?: Author;
  /** One of both is there. */
  readonly old: StoredItem | undefined;
  readonly new: StoredItem | undefined;
}

/**
 * How long a stream's records can be read.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Streams.html
 */
export const RETENTION_MS = 24 * 60 * 60 * 1000;

/** Whether anybody wants to know of the table's changes. */
export function isJournaled({ stream, recovery, copies, replicas }: Table): boolean {
  const isStreamed = stream !== undefined && stream.end === undefined;
  return isStreamed || [recovery, copies, replicas].some((reader) => reader !== undefined);
}

/** How long the table's records are kept for all who want to read them. */
export function retentionMs(table: Table): number {
  if (table.copies) return Infinity;
  return Math.max(RETENTION_MS, recoveryMs(table));
}

/** All of a table's records stand below this. */
export function recordsOf(tableId: string): Key {
  return Buffer.concat([JOURNAL, uuidBytes(tableId)]);
}

/** Where a record stands. */
export function recordKey(tableId: string, sequence: number): Key {
  const number = Buffer.alloc(8);
  number.writeBigUInt64BE(BigInt(sequence));
  return Buffer.concat([JOURNAL, uuidBytes(tableId), number]);
}

/** In whose journal the record at a key stands. */
export function tableIdOfRecord(recordAt: Key): string {
  return uuidOf(recordAt.subarray(JOURNAL.length, -8));
}

/** Where the next sequence number stands. */
export function headKey(tableId: string): Key {
  return Buffer.concat([HEADS, uuidBytes(tableId)]);
}

/** Whose head stands at a key. */
export function tableIdOfHead(headAt: Key): string {
  return uuidOf(headAt.subarray(HEADS.length));
}

/** The first sequence number of a moment: what was written before it has a lower one. */
export function sequenceAt(atMs: number): number {
  return atMs * 1000;
}

/** What stands at `headKey`: above the number of every record that has been committed. */
export function storedHead(head: Value | undefined): number {
  return head ? Number(Buffer.from(head).readBigUInt64BE()) : 0;
}

/** The lowest number that the next record can have, from what stands at `headKey`. */
export function nextSequence(head: Value | undefined, nowMs: number): number {
  return Math.max(storedHead(head), sequenceAt(nowMs));
}

/**
 * Lets no later record have a number below `sequence`: the write goes into a transaction that has
 * read `headKey` and found a lower one there.
 */
export function advance(tableId: string, sequence: number): Write {
  const value = Buffer.alloc(8);
  value.writeBigUInt64BE(BigInt(sequence));
  return { key: headKey(tableId), value };
}

/** Sees to it that no record below `sequence` is still to come, whichever process writes. */
export async function seal(store: Engine, tableId: string, sequence: number): Promise<void> {
  const at = headKey(tableId);
  const isSealed = (head: Value | undefined): boolean => storedHead(head) >= sequence;
  if (isSealed(await store.get(at))) return;
  await store.transact([at], ([head]) => ({
    writes: isSealed(head) ? [] : [advance(tableId, sequence)],
    result: undefined,
  }));
}

/** Adds records inside a transaction that has read `headKey`. */
export function appendRecords(
  tableId: string,
  head: Value | undefined,
  records: readonly Omit<JournalRecord, 'sequence'>[],
): Write[] {
  let next = storedHead(head);
  const writes: Write[] = [];
  for (const record of records) {
    const sequence = Math.max(next, sequenceAt(record.atMs));
    writes.push({ key: recordKey(tableId, sequence), value: encodeRecord(record) });
    next = sequence + 1;
  }
  return [...writes, advance(tableId, next)];
}

/*
 * A record: layout, author, milliseconds in six bytes, the old item's length in four, the old item
 * and the new one as they were stored.
 */
const LAYOUT = 1;
const HEADER_BYTES = 12;
const AUTHORS: readonly (Author | undefined)[] = [undefined, 'time-to-live', 'replication'];

function encodeRecord(record: Omit<JournalRecord, 'sequence'>): Value {
  const header = Buffer.allocUnsafe(HEADER_BYTES);
  header[0] = LAYOUT;
  header[1] = AUTHORS.indexOf(record.author);
  header.writeUIntBE(record.atMs, 2, 6);
  header.writeUInt32BE(record.old?.value.length ?? 0, 8);
  return Buffer.concat([header, record.old?.value ?? NOTHING, record.new?.value ?? NOTHING]);
}

const NOTHING = new Uint8Array();

/** A record as it stands at `recordKey`. */
export function decodeRecord(place: Key, value: Value): JournalRecord {
  const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  if (bytes[0] !== LAYOUT) throw new Error(`a journal record in the unknown layout ${bytes[0]}`);
  const author = AUTHORS[bytes[1]!];
  const middle = HEADER_BYTES + bytes.readUInt32BE(8);
  const item = (from: number, to: number): StoredItem | undefined =>
    from === to ? undefined : new StoredItem(bytes.subarray(from, to));
  return {
    sequence: Number(Buffer.from(place).readBigUInt64BE(place.length - 8)),
    atMs: bytes.readUIntBE(2, 6),
    ...(author && { author }),
    old: item(HEADER_BYTES, middle),
    new: item(middle, bytes.length),
  };
}
