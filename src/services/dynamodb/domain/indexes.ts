import { AwsError } from '../../../kernel/aws-error.ts';
import type { Key, Write } from '../../../storage/engine.ts';
import { invalidParameters, validation } from '../errors.ts';
import { sizeOfItem } from './admit-item.ts';
import type { Item } from './attribute-value.ts';
import { attributeOf, textOf, typeOf } from './attribute-value.ts';
import { writeUnits } from './capacity.ts';
import type { KeyAttribute, KeyShape } from './keys.ts';
import { keyAttributes, keyOfParts, placeOfEntry, scalarBytes } from './keys.ts';
import { StoredItem } from './stored-item.ts';
import type { Index, Table } from './table.ts';
import { indexShape } from './table.ts';

/** A secondary index that entries are read from and written to. */
export interface OpenIndex extends KeyShape {
  readonly name: string;
  readonly index: Index;
  /** The attributes that its entries hold; `undefined` is all. */
  readonly projected: ReadonlySet<string> | undefined;
}

/** One entry: where it stands and the projected item, in the layout of items. */
export interface IndexEntry {
  readonly key: Key;
  readonly stored: StoredItem;
}

/** What a change of an item does to its table's indexes. */
export interface IndexChanges {
  readonly writes: readonly Write[];
  /** Write units by the index's name; those it left alone are not in it. */
  readonly units: ReadonlyMap<string, number>;
}

export function openIndex(table: Table, index: Index): OpenIndex {
  const shape = indexShape(table, index);
  return { ...shape, name: index.name, index, projected: projectedBy(index, shape) };
}

function projectedBy({ projection }: Index, shape: KeyShape): ReadonlySet<string> | undefined {
  if (projection.type === 'ALL') return undefined;
  const keys = [...keyAttributes(shape), ...keyAttributes(shape.items!)].map(({ name }) => name);
  return new Set(projection.type === 'INCLUDE' ? [...keys, ...projection.attributes] : keys);
}

/**
 * The entry of an item, which an index has only for items with all of its key attributes.
 *
 * @param itemKey where the item stands in the table
 * @throws AwsError `ValidationException` for an attribute that cannot be the index's key
 */
export function entryOf(
  index: OpenIndex,
  itemKey: Key,
  stored: StoredItem,
): IndexEntry | undefined {
  const { item } = stored;
  const partsOf = (attributes: readonly KeyAttribute[]): Uint8Array[] | undefined => {
    const parts: Uint8Array[] = [];
    for (const attribute of attributes) {
      const part = keyPart(index, attribute, item);
      if (!part) return undefined;
      parts.push(part);
    }
    return parts;
  };
  // Both are looked at, so that a bad sort key is refused without a partition key beside it.
  const hashParts = partsOf(index.hash);
  const rangeParts = partsOf(index.range);
  if (!hashParts || !rangeParts) return undefined;
  return {
    key: placeOfEntry(keyOfParts(index, hashParts, rangeParts), itemKey),
    stored: index.projected ? projected(item, index.projected) : stored,
  };
}

function keyPart(index: OpenIndex, { name, type }: KeyAttribute, item: Item) {
  const value = attributeOf(item, name);
  if (!value) return undefined;
  const text = textOf(value, type);
  if (text === undefined) {
    throw invalidParameters(
      `Type mismatch for Index Key ${name} Expected: ${type} Actual: ${typeOf(value)} IndexName: ${index.name}`,
    );
  }
  if (text !== '') return scalarBytes(type, text);
  throw validation(
    `One or more parameter values are not valid. A value specified for a secondary index key is not supported. The AttributeValue for a key attribute cannot contain an empty ${type === 'S' ? 'string' : 'binary'} value. IndexName: ${index.name}, IndexKey: ${name}`,
  );
}

function projected(item: Item, names: ReadonlySet<string>): StoredItem {
  const kept = Object.fromEntries(Object.entries(item).filter(([name]) => names.has(name)));
  return StoredItem.of(kept, sizeOfItem(kept));
}

/** The same for an item that may stand longer than the index, which leaves out what does not fit. */
export function entryOfStanding(
  index: OpenIndex,
  itemKey: Key,
  stored: StoredItem,
): IndexEntry | undefined {
  try {
    return entryOf(index, itemKey, stored);
  } catch (error) {
    if (error instanceof AwsError) return undefined;
    throw error;
  }
}

/**
 * Brings a table's indexes in line with what stands at `itemKey` after a change.
 *
 * @param entry how an entry is made; `entryOfStanding` where an item must not be refused
 */
export function changeIndexes(
  indexes: readonly OpenIndex[],
  itemKey: Key,
  old: StoredItem | undefined,
  next: StoredItem | undefined,
  entry: typeof entryOf = entryOf,
): IndexChanges {
  if (indexes.length === 0) return UNCHANGED;
  const writes: Write[] = [];
  const units = new Map<string, number>();
  for (const index of indexes) {
    const before = old && entryOfStanding(index, itemKey, old);
    const after = next && entry(index, itemKey, next);
    const spent = changeEntry(before, after, writes);
    if (spent > 0) units.set(index.name, spent);
  }
  return { writes, units };
}

const UNCHANGED: IndexChanges = { writes: [], units: new Map() };

/**
 * An entry that moves is a deletion and a put; one whose projected attributes stay costs nothing.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.html#GSI.ThroughputConsiderations.Writes
 */
function changeEntry(
  before: IndexEntry | undefined,
  after: IndexEntry | undefined,
  writes: Write[],
): number {
  if (before && after && Buffer.compare(before.key, after.key) === 0) {
    if (Buffer.compare(before.stored.value, after.stored.value) === 0) return 0;
    writes.push({ key: after.key, value: after.stored.value });
    return writeUnits(before.stored.size, after.stored.size);
  }
  let spent = 0;
  if (before) {
    writes.push({ key: before.key, value: undefined });
    spent += writeUnits(before.stored.size);
  }
  if (after) {
    writes.push({ key: after.key, value: after.stored.value });
    spent += writeUnits(after.stored.size);
  }
  return spent;
}
