import { closeSync, existsSync, fstatSync, openSync } from 'node:fs';
import { DataDirectoryError } from '../data-directory.ts';
import { HEADER_BYTES, PageWalk, readBytes, readNumber } from './page-walk.ts';

/** Bytes of an LMDB page here; large enough for `MAX_KEY_BYTES`. */
export const PAGE_BYTES = 8192;

/**
 * Checks the structure of a data file before it is mapped into memory: LMDB trusts its pages, so a
 * truncated or overwritten file would end the process by a signal instead of an error. LMDB keeps
 * no checksums, so damage within a value goes unseen.
 *
 * @throws DataDirectoryError for a file that must not be opened; it is left as it was
 */
export function checkDataFile(file: string): void {
  if (!existsSync(file)) return;
  const descriptor = openSync(file, 'r');
  try {
    const { size } = fstatSync(descriptor);
    if (size === 0) return; // a server was killed before it had written anything
    const { pages, trees } = latestMeta(descriptor);
    const present = Math.floor(size / PAGE_BYTES);
    const walk = new PageWalk(descriptor, PAGE_BYTES, Math.min(pages, present));
    for (const { root, depth } of trees) walk.tree(root, depth);
  } catch (cause) {
    const what = cause instanceof Error ? cause.message : String(cause);
    throw new DataDirectoryError(
      `${file} is damaged: ${what}. Nothing was changed; restore it from a backup, or name another --data-dir.`,
      { cause },
    );
  } finally {
    closeSync(descriptor);
  }
}

interface Meta {
  /** In use by the last commit, of which the file may lack the last ones where they are free. */
  readonly pages: number;
  readonly transaction: number;
  readonly trees: readonly { readonly root: number; readonly depth: number }[];
}

/** Two pages at the start take turns; the one with the higher transaction counts. */
function latestMeta(descriptor: number): Meta {
  const [first, second] = [0, PAGE_BYTES].map((at) => readMeta(descriptor, at)) as [Meta, Meta];
  return second.transaction > first.transaction ? second : first;
}

const MAGIC = 0xbeefc0de;
const VERSION = 2;

// Offsets as in liblmdb's MDB_meta and MDB_db, on 64 bits, little endian, behind the page's header.
function readMeta(descriptor: number, position: number): Meta {
  const meta = readBytes(descriptor, position + HEADER_BYTES, 144);
  if (meta.readUInt32LE(0) !== MAGIC || (meta.readUInt32LE(4) & 0xffff) !== VERSION) {
    throw new Error('its first pages are not those of a store');
  }
  const pageBytes = meta.readUInt32LE(24);
  if (pageBytes !== PAGE_BYTES) throw new Error(`its pages are said to have ${pageBytes} bytes`);
  const tree = (at: number) => ({
    depth: meta.readUInt16LE(at + 6),
    root: readNumber(meta, at + 40),
  });
  return {
    pages: readNumber(meta, 120) + 1,
    transaction: readNumber(meta, 128),
    // The free pages' tree, then the entries'.
    trees: [tree(24), tree(72)],
  };
}
