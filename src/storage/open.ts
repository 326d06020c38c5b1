import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type DataDirectory, takeDataDirectory } from './data-directory.ts';
import type { Engine } from './engine.ts';
import type { Siblings } from './siblings.ts';

/** Where a cloud keeps its state. */
export type StoreLocation =
  | { readonly dataDir: string; readonly url?: string }
  /** A directory of its own that goes with the process. */
  | { readonly ephemeral: true };

/** A cloud's state: an engine for records, and a directory for machines and disks. */
export interface Store {
  /** Another one after `clear`. */
  readonly engine: Engine;
  /** Absolute; this process's alone until `close`. */
  readonly directory: string;
  /**
   * Removes every record. The engine is closed and another opened, so that nothing that still holds
   * the old one can write into the new one.
   */
  clear(): Promise<void>;
  close(): Promise<void>;
}

/** Opens an engine; `empty` removes what it holds. */
type Open = (how: 'empty' | 'as it is' | 'as another has it') => Promise<Engine>;

/**
 * Takes the data directory and opens the engine.
 *
 * @param siblings other processes that are to share the engine
 * @throws DataDirectoryError where the directory is foreign, damaged, newer or in use
 */
export async function openStore(location: StoreLocation, siblings?: Siblings): Promise<Store> {
  const durable = 'dataDir' in location;
  const { path: directory, release }: DataDirectory = durable
    ? takeDataDirectory(location.dataDir)
    : temporaryDirectory();
  const open = opener({ ...location, directory, durable }, siblings);
  try {
    let engine = await open('as it is');
    return {
      get engine() {
        return engine;
      },
      directory,
      async clear() {
        await engine.close();
        engine = await open('empty');
      },
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

/** Where the engine of a store is, for a process that shares it. */
export interface EngineLocation {
  readonly directory: string;
  readonly durable: boolean;
  readonly url?: string;
}

/** Opens an engine that another process has opened already, and looks after. */
export function joinStore(location: EngineLocation, siblings: Siblings): Promise<Engine> {
  return opener(location, siblings)('as another has it');
}

// An engine's library is loaded where it is used: neither costs the other's users anything.
function opener({ url, directory, durable }: EngineLocation, siblings?: Siblings): Open {
  if (url !== undefined) {
    return async (how) => {
      const { PostgresEngine } = await import('./postgres/postgres-engine.ts');
      return PostgresEngine.connect(url, { empty: how === 'empty' });
    };
  }
  return async (how) => {
    const { LmdbEngine } = await import('./lmdb/lmdb-engine.ts');
    const folder = join(directory, 'store');
    if (how === 'empty') rmSync(folder, { recursive: true, force: true });
    return new LmdbEngine(folder, { durable, siblings, checked: how === 'as another has it' });
  };
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
