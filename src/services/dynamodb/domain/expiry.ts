import type { Key, Write } from '../../../storage/engine.ts';
import { key } from '../../../storage/keys.ts';
import type { Item } from './attribute-value.ts';
import { attributeOf } from './attribute-value.ts';
import { itemsOf, uuidBytes } from './keys.ts';
import type { Span } from './pages.ts';
import type { StoredItem } from './stored-item.ts';
import type { Table } from './table.ts';

/**
 * The items of a table with time to live, in the order in which they expire, so that finding those
 * that have costs no more than they do. An entry without a value stands at `dynamodb` `expiry`
 * <table ID> <second, 6 bytes> <the item's place below its table's>, and is written with its item.
 */
const EXPIRIES = key('dynamodb', 'expiry');
const SECOND_BYTES = 6;
/** Items that expired earlier are left alone, so that a date of long ago does not cost the past. */
const MAX_AGE_SECONDS = 5 * 365 * 24 * 60 * 60;

/** What keeps a table's expiries. */
export interface Expiry {
  readonly tableId: string;
  /** It tells the second, as a number. */
  readonly attribute: string;
}

/** @returns `undefined` for a table that keeps none */
export function expiryOf({ id, timeToLive }: Table): Expiry | undefined {
  const isKept = timeToLive?.status === 'ENABLING' || timeToLive?.status === 'ENABLED';
  return isKept ? { tableId: id, attribute: timeToLive.attribute } : undefined;
}

/** All of a table's entries stand below this. */
export function expiriesOf(tableId: string): Key {
  return Buffer.concat([EXPIRIES, uuidBytes(tableId)]);
}

/** The entries of the items that have expired. */
export function expiredAt(tableId: string, nowMs: number): Span {
  const now = Math.ceil(nowMs / 1000);
  return { from: placeOf(tableId, now - MAX_AGE_SECONDS), to: placeOf(tableId, now) };
}

/** Whether the item is one that time to live takes away. */
export function hasExpired({ attribute }: Expiry, item: Item, nowMs: number): boolean {
  const second = secondOf(attribute, item);
  const now = Math.ceil(nowMs / 1000);
  return second !== undefined && second < now && second >= now - MAX_AGE_SECONDS;
}

/** Where the item of an entry stands. */
export function itemOfEntry(tableId: string, entry: Key): Key {
  const head = EXPIRIES.length + uuidBytes(tableId).length + SECOND_BYTES;
  return Buffer.concat([itemsOf(tableId), entry.subarray(head)]);
}

/** Brings the expiries in line with what stands at `itemKey` after a change. */
export function changeExpiry(
  { tableId, attribute }: Expiry,
  itemKey: Key,
  old: StoredItem | undefined,
  next: StoredItem | undefined,
): Write[] {
  const before = old && secondOf(attribute, old.item);
  const after = next && secondOf(attribute, next.item);
  if (before === after) return [];
  const writes: Write[] = [];
  const place = itemKey.subarray(itemsOf(tableId).length);
  const at = (second: number): Key => Buffer.concat([placeOf(tableId, second), place]);
  if (before !== undefined) writes.push({ key: at(before), value: undefined });
  if (after !== undefined) writes.push({ key: at(after), value: NOTHING });
  return writes;
}

const NOTHING = new Uint8Array();

function placeOf(tableId: string, second: number): Key {
  const bytes = Buffer.alloc(SECOND_BYTES);
  bytes.writeUIntBE(Math.max(0, second), 0, SECOND_BYTES);
  return Buffer.concat([expiriesOf(tableId), bytes]);
}

/** AWS leaves items alone whose attribute is not a number of seconds. */
function secondOf(attribute: string, item: Item): number | undefined {
  const value = attributeOf(item, attribute);
  if (!value || !('N' in value)) return undefined;
  const second = Math.floor(Number(value.N));
  return second >= 0 && second < 2 ** (8 * SECOND_BYTES) ? second : undefined;
}
