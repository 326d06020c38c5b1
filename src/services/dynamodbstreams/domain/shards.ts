import { hash } from 'node:crypto';
import { RETENTION_MS, sequenceAt } from '../../dynamodb/domain/journal.ts';
import type { Stream } from '../../dynamodb/domain/streams.ts';

/**
 * A stream's shards are windows of four hours upon its table's journal, one after the other from
 * the stream's beginning: so each is its predecessor's only child, all records of a key are in
 * order, and nothing has to be done at the time when one closes and the next opens.
 */
export interface Shard {
  readonly id: string;
  readonly parentId?: string;
  /** The lowest sequence number that its records can have. */
  readonly from: number;
  /** The first sequence number behind its records. */
  readonly end: number;
  /** Whether its end has come. */
  readonly isClosed: boolean;
}

/** AWS closes shards after about this time. */
const SHARD_MS = 4 * 60 * 60 * 1000;

/** Those that have records, or might still get some, in the order of time. */
export function shardsOf(stream: Stream, nowMs: number): Shard[] {
  const now = sequenceAt(nowMs);
  const latest = stream.end === undefined ? now : stream.end - 1;
  const horizon = trimHorizon(nowMs);
  const shards: Shard[] = [];
  for (let number = 0; number === 0 || startOf(stream, number) <= latest; number += 1) {
    const ends = startOf(stream, number + 1);
    const end = Math.min(ends, stream.end ?? ends);
    if (end <= horizon) continue;
    shards.push({
      id: shardId(stream, number),
      ...(number > 0 && { parentId: shardId(stream, number - 1) }),
      from: number === 0 ? stream.from : startOf(stream, number),
      end,
      isClosed: end <= now || stream.end !== undefined,
    });
  }
  return shards;
}

/** Records with lower sequence numbers cannot be read any more. */
export function trimHorizon(nowMs: number): number {
  return sequenceAt(nowMs - RETENTION_MS);
}

function startOf({ createdAtMs }: Stream, number: number): number {
  return sequenceAt(createdAtMs + number * SHARD_MS);
}

/** In AWS's form: the time of its beginning, and eight digits that tell it from other streams'. */
function shardId({ arn, createdAtMs }: Stream, number: number): string {
  const time = String(createdAtMs + number * SHARD_MS).padStart(20, '0');
  return `shardId-${time}-${hash('sha256', `${arn}/${number}`).slice(0, 8)}`;
}
