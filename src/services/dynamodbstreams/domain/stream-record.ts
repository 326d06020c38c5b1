import { hash } from 'node:crypto';
import { sizeOfItem } from '../../dynamodb/domain/admit-item.ts';
import { Raw, answer } from '../../dynamodb/domain/answer.ts';
import type { Item } from '../../dynamodb/domain/attribute-value.ts';
import type { JournalRecord } from '../../dynamodb/domain/journal.ts';
import type { Stream } from '../../dynamodb/domain/streams.ts';
import { toSequenceNumber } from './sequence-numbers.ts';

/** A record as GetRecords shows it. */
export interface StreamRecord {
  readonly json: Raw;
  /** Of what it shows of the item, by AWS's arithmetic. */
  readonly bytes: number;
}

/** How AWS signs for deletions by time to live. */
const TIME_TO_LIVE = { Type: 'Service', PrincipalId: 'dynamodb.amazonaws.com' };

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_Record.html */
export function streamRecord(stream: Stream, record: JournalRecord): StreamRecord {
  const { arn, viewType, region } = stream;
  const { sequence, atMs, author, old, new: next } = record;
  const newImage = showsNew.has(viewType) ? next : undefined;
  const oldImage = showsOld.has(viewType) ? old : undefined;
  const keys = keysOf(stream, (next ?? old)!.item);
  const bytes = sizeOfItem(keys) + (newImage?.size ?? 0) + (oldImage?.size ?? 0);
  const { bytes: dynamodb } = answer({
    ApproximateCreationDateTime: Math.floor(atMs / 1000),
    Keys: keys,
    NewImage: newImage && new Raw(newImage.json),
    OldImage: oldImage && new Raw(oldImage.json),
    SequenceNumber: toSequenceNumber(sequence),
    SizeBytes: bytes,
    StreamViewType: viewType,
  });
  const json = answer({
    eventID: hash('sha256', `${arn}/${sequence}`).slice(0, 32),
    eventName: eventName(record),
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: region,
    dynamodb: new Raw(dynamodb),
    userIdentity: author === 'time-to-live' ? TIME_TO_LIVE : undefined,
  });
  return { json: new Raw(json.bytes), bytes };
}

const showsNew: ReadonlySet<string> = new Set(['NEW_IMAGE', 'NEW_AND_OLD_IMAGES']);
const showsOld: ReadonlySet<string> = new Set(['OLD_IMAGE', 'NEW_AND_OLD_IMAGES']);

function eventName({ old, new: next }: JournalRecord): 'INSERT' | 'MODIFY' | 'REMOVE' {
  if (!old) return 'INSERT';
  return next ? 'MODIFY' : 'REMOVE';
}

function keysOf({ hashKey, rangeKey }: Stream, item: Item): Item {
  return {
    [hashKey]: item[hashKey]!,
    ...(rangeKey !== undefined && { [rangeKey]: item[rangeKey]! }),
  };
}
