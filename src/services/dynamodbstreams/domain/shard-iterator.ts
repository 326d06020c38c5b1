import { iteratorExpired, validation } from '../errors.ts';

/** A place in a shard, for as long as AWS lets it be used. */
export interface ShardIterator {
  readonly streamArn: string;
  readonly shardId: string;
  /** The sequence number that is read next. */
  readonly at: number;
  readonly issuedAtMs: number;
}

const LIFETIME_MS = 15 * 60 * 1000;

/** `<stream ARN>|1|<base64>`, as AWS's begin. */
export function writeIterator({ streamArn, shardId, at, issuedAtMs }: ShardIterator): string {
  const inside = Buffer.from(`${shardId}|${at}|${issuedAtMs}`).toString('base64');
  return `${streamArn}|1|${inside}`;
}

/** @throws AwsError `ValidationException` or `ExpiredIteratorException` */
export function readIterator(text: string, nowMs: number): ShardIterator {
  const [, streamArn, base64 = ''] = /^([^|]+)\|1\|([^|]+)$/.exec(text) ?? [];
  const inside = Buffer.from(base64, 'base64').toString();
  const [, shardId, at, issuedAt] = INSIDE.exec(inside) ?? [];
  if (streamArn === undefined || shardId === undefined) throw validation('Invalid ShardIterator');
  const issuedAtMs = Number(issuedAt);
  if (issuedAtMs + LIFETIME_MS < nowMs) throw iteratorExpired();
  return { streamArn, shardId, at: Number(at), issuedAtMs };
}

const INSIDE = /^(shardId-\d{20}-[0-9a-f]{8})\|(\d{1,16})\|(\d{1,15})$/;
