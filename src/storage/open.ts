import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DataDirectory, takeDataDirectory } from './data-directory.ts';
import type { Engine } from './engine.ts';

/** Where a cloud keeps its state. */
export type StoreLocation =
  | { readonly dataDir: string; readonly url?: string }
  /** A directory of its own that goes with the process. */
  | { readonly ephemeral: true };

/** A cloud's state: an engine for records, and a directory for machines and disks. */
export interface Store {
  readonly engine: Engine;
  /** Absolute; this process's alone until `close`. */
  readonly directory: string;
  close(): Promise<void>;
}

/**
 * Takes the data directory and opens the engine.
 *
 * @throws DataDirectoryError where the directory is foreign, damaged, newer or in use
 */
export async function openStore(location: StoreLocation): Promise<Store> {
  const durable = 'dataDir' in location;
  const { path: directory, release }: DataDirectory = durable
    ? takeDataDirectory(location.dataDir)
    : temporaryDirectory();
  try {
    const engine = await openEngine(location, directory, durable);
    return {
      engine,
      directory,
      async close() {
        await engine.close();
        release();
      },
    };
  } catch (error) {
    release();
    throw error;
  }
}

// An engine's library is loaded where it is used: neither costs the other's users anything.
async function openEngine(
  location: StoreLocation,
  directory: string,
  durable: boolean,
): Promise<Engine> {
  if ('url' in location && location.url !== undefined) {
    const { PostgresEngine } = await import('./postgres/postgres-engine.ts');
    return PostgresEngine.connect(location.url);
  }
  const { LmdbEngine } = await import('./lmdb/lmdb-engine.ts');
  return new LmdbEngine(join(directory, 'store'), { durable });
}

function temporaryDirectory(): DataDirectory {
  const path = mkdtempSync(join(tmpdir(), 'alacarte-'));
  const remove = (): void => rmSync(path, { recursive: true, force: true });
  process.once('exit', remove);
  return {
    path,
    release() {
      process.off('exit', remove);
      remove();
    },
  };
}
