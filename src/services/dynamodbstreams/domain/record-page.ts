import type { Engine } from '../../../storage/engine.ts';
import type { Raw } from '../../dynamodb/domain/answer.ts';
import { decodeRecord, recordKey } from '../../dynamodb/domain/journal.ts';
import type { Stream } from '../../dynamodb/domain/streams.ts';
import { streamRecord } from './stream-record.ts';

/** A page ends before the record that would bring it beyond this size, by AWS's arithmetic. */
const PAGE_BYTES = 1024 * 1024;

export interface RecordPage {
  readonly records: readonly Raw[];
  /** The sequence number to go on with. */
  readonly next: number;
  /** Whether there was nothing behind them. */
  readonly isLast: boolean;
}

/** Reads a stream's records from one sequence number to another. */
export async function readPage(
  store: Engine,
  stream: Stream,
  { from, end, limit }: { readonly from: number; readonly end: number; readonly limit: number },
): Promise<RecordPage> {
  const entries = await store.range({
    from: recordKey(stream.tableId, from),
    to: recordKey(stream.tableId, end),
    limit,
    maxBytes: PAGE_BYTES,
  });
  const records: Raw[] = [];
  let next = from;
  let bytes = 0;
  let stored = 0;
  for (const { key, value } of entries) {
    const change = decodeRecord(key, value);
    const record = streamRecord(stream, change);
    bytes += record.bytes;
    if (bytes > PAGE_BYTES && records.length > 0) return { records, next, isLast: false };
    records.push(record.json);
    next = change.sequence + 1;
    stored += value.length;
  }
  return { records, next, isLast: entries.length < limit && stored < PAGE_BYTES };
}
