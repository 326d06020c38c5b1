import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { DataDirectoryError } from '../data-directory.ts';

/** Bytes of an LMDB page here; large enough for `MAX_KEY_BYTES`. */
export const PAGE_BYTES = 8192;

// The two meta pages of lmdb-js 3: a page header of 24 bytes, then LMDB's `MDB_meta`.
const magicAt = 24;
const magic = 0xbeefc0de;
const versionAt = 28;
const version = 2;
const lastPageAt = 144;
const transactionAt = 152;

/**
 * Checks a data file before it is mapped into memory, where damage would end the process: both meta
 * pages must be LMDB's, and the file as long as the latest one says. Damage inside a data page is
 * not found here, as LMDB keeps no checksums.
 *
 * @throws DataDirectoryError for a file that must not be opened; it is left as it was
 */
export function checkDataFile(file: string): void {
  if (!existsSync(file)) return;
  const descriptor = openSync(file, 'r');
  try {
    const { size } = fstatSync(descriptor);
    if (size === 0) return; // a server was killed before it had written anything
    const metas = [0, 1].map((page) => {
      const bytes = Buffer.alloc(PAGE_BYTES);
      readSync(descriptor, bytes, 0, PAGE_BYTES, page * PAGE_BYTES);
      return bytes;
    });
    if (!metas.every(isMeta)) throw damaged(file, 'its first pages are not those of a store');
    const latest = metas.toSorted(
      (a, b) => Number(b.readBigUInt64LE(transactionAt)) - Number(a.readBigUInt64LE(transactionAt)),
    )[0]!;
    const expected = (Number(latest.readBigUInt64LE(lastPageAt)) + 1) * PAGE_BYTES;
    if (size < expected) throw damaged(file, `${size} bytes are left of ${expected}`);
  } finally {
    closeSync(descriptor);
  }
}

function isMeta(page: Buffer): boolean {
  return page.readUInt32LE(magicAt) === magic && page.readUInt32LE(versionAt) === version;
}

function damaged(file: string, what: string): DataDirectoryError {
  return new DataDirectoryError(
    `${file} is damaged: ${what}. Nothing was changed; restore it from a backup, or name another --data-dir.`,
  );
}
