import type { Key, Value, Write } from '../../../storage/engine.ts';
import { key } from '../../../storage/keys.ts';
import { itemsOf, uuidBytes } from './keys.ts';
import type { OpenTable } from './tables.ts';

/**
 * When and where what stands at an item's place was written, in a replica of a global table; it
 * stays when the item is deleted. The later one wins, and between regions of one moment the later
 * in the alphabet, so that all replicas come to the same. It stands at `dynamodb` `version`
 * <table ID> <the item's place below its table's>: milliseconds in six bytes, the region's name.
 */
export interface Version {
  readonly atMs: number;
  readonly region: string;
}

const VERSIONS = key('dynamodb', 'version');
const TIME_BYTES = 6;

/** All of a table's versions stand below this. */
export function versionsOf(tableId: string): Key {
  return Buffer.concat([VERSIONS, uuidBytes(tableId)]);
}

/** Where the version of what stands at `itemKey` stands. */
export function versionKey(tableId: string, itemKey: Key): Key {
  return Buffer.concat([versionsOf(tableId), itemKey.subarray(itemsOf(tableId).length)]);
}

export function isNewer(version: Version, standing: Version | undefined): boolean {
  if (!standing || version.atMs !== standing.atMs) return version.atMs > (standing?.atMs ?? -1);
  return version.region > standing.region;
}

/** That of a write which comes now, on top of what stands: also where clocks differ, it is newer. */
export function nextVersion(now: Version, standing: Version | undefined): Version {
  return isNewer(now, standing) ? now : { ...now, atMs: standing!.atMs + 1 };
}

export function writeVersion(place: Key, { atMs, region }: Version): Write {
  const time = Buffer.alloc(TIME_BYTES);
  time.writeUIntBE(atMs, 0, TIME_BYTES);
  return { key: place, value: Buffer.concat([time, Buffer.from(region)]) };
}

export function readVersion(value: Value | undefined): Version | undefined {
  if (!value) return undefined;
  const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  return {
    atMs: bytes.readUIntBE(0, TIME_BYTES),
    region: bytes.toString('utf8', TIME_BYTES),
  };
}

/** The versions that one step finds in replicas, by the place of the change. */
export type StandingVersions = ReadonlyMap<
  number,
  { readonly place: Key; readonly standing: Version | undefined }
>;

/** Where the versions stand of the items that are replicated, by the place of the change. */
export function versionPlaces(
  tables: readonly OpenTable[],
  keys: readonly Key[],
): ReadonlyMap<number, Key> {
  const places = new Map<number, Key>();
  for (const [at, { table, replica }] of tables.entries()) {
    if (replica !== undefined) places.set(at, versionKey(table.id, keys[at]!));
  }
  return places;
}

/** @param values what was read at `places`, in their order */
export function standingVersions(
  places: ReadonlyMap<number, Key>,
  values: readonly (Value | undefined)[],
): StandingVersions {
  const standing = [...places].map(
    ([at, place], nth) => [at, { place, standing: readVersion(values[nth]) }] as const,
  );
  return new Map(standing);
}
