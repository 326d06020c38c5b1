import type { Value } from '../../../storage/engine.ts';
import type { Item } from './attribute-value.ts';

/**
 * How an item stands in storage: a layout number, its size by AWS's arithmetic in three bytes, and
 * its canonical wire JSON. So a read tells capacity and copies bytes without parsing.
 */
const HEADER_BYTES = 4;
const LAYOUT = 1;

export function encodeItem(item: Item, size: number): Value {
  const json = JSON.stringify(item);
  const value = Buffer.allocUnsafe(HEADER_BYTES + Buffer.byteLength(json));
  value.writeUInt32BE(LAYOUT * 2 ** 24 + size, 0);
  value.write(json, HEADER_BYTES);
  return value;
}

/** Bytes by AWS's arithmetic, which are what capacity and pages are counted in. */
export function sizeOfStored(value: Value): number {
  checkLayout(value);
  return value[1]! * 0x10000 + value[2]! * 0x100 + value[3]!;
}

/** The item's wire JSON, as a view. */
export function jsonOf(value: Value): Uint8Array {
  checkLayout(value);
  return value.subarray(HEADER_BYTES);
}

export function parseStored(value: Value): Item {
  const json = jsonOf(value);
  const text = Buffer.from(json.buffer, json.byteOffset, json.byteLength).toString();
  return JSON.parse(text) as Item;
}

/** An item in both of its forms, parsed when somebody looks inside. */
export class StoredItem {
  readonly value: Value;
  #item: Item | undefined;

  /** @param item the same in parsed form, where it is at hand */
  constructor(value: Value, item?: Item) {
    this.value = value;
    this.#item = item;
  }

  /** @param size by AWS's arithmetic */
  static of(item: Item, size: number): StoredItem {
    return new StoredItem(encodeItem(item, size), item);
  }

  get item(): Item {
    this.#item ??= parseStored(this.value);
    return this.#item;
  }

  /** Bytes by AWS's arithmetic. */
  get size(): number {
    return sizeOfStored(this.value);
  }

  get json(): Uint8Array {
    return jsonOf(this.value);
  }
}

function checkLayout(value: Value): void {
  if (value[0] !== LAYOUT) throw new Error(`an item stored in the unknown layout ${value[0]}`);
}
