import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { isRunning, type ProcessIdentity, thisProcess } from '../kernel/process-identity.ts';

/** A data directory that Alacarte will not touch; the message is for whoever started it. */
export class DataDirectoryError extends Error {
  override readonly name = 'DataDirectoryError';
}

const markerFile = 'alacarte.json';
const lockFile = 'server.lock';
const format = 1;

/** A directory that is ours for as long as this process runs. */
export interface DataDirectory {
  readonly path: string;
  /** Lets the next server in. */
  release(this: void): void;
}

/**
 * Takes a directory for one server: makes it if it is not there, and refuses one that is another
 * program's, of a newer Alacarte, or in use. A refused directory is left as it was.
 *
 * @throws DataDirectoryError
 */
export function takeDataDirectory(directory: string): DataDirectory {
  const path = resolve(directory);
  const files = existsSync(path) ? namesIn(path) : [];
  const foreign = files.filter((name) => !name.startsWith(lockFile));
  if (files.includes(markerFile)) checkMarker(path);
  else if (foreign.length > 0) {
    throw new DataDirectoryError(
      `${path} holds ${foreign.slice(0, 3).join(', ')} but no ${markerFile}: it is not Alacarte's. Name an empty directory with --data-dir.`,
    );
  }
  mkdirSync(path, { recursive: true, mode: 0o700 });
  chmodSync(path, 0o700);
  const release = lock(path);
  if (!files.includes(markerFile)) writeMarker(path);
  return { path, release };
}

function namesIn(path: string): string[] {
  try {
    return readdirSync(path);
  } catch (cause) {
    throw new DataDirectoryError(`${path} cannot be read as a directory: ${String(cause)}`, {
      cause,
    });
  }
}

// Renamed into place, so that a server killed here leaves an empty directory or a whole marker.
function writeMarker(path: string): void {
  const draft = join(path, `${lockFile}.marker`);
  writeFileSync(draft, `${JSON.stringify({ format, program: 'alacarte' })}\n`);
  renameSync(draft, join(path, markerFile));
}

function checkMarker(path: string): void {
  const marker = readMarker(join(path, markerFile));
  if (marker?.program !== 'alacarte' || typeof marker.format !== 'number') {
    throw new DataDirectoryError(
      `${join(path, markerFile)} is damaged. Nothing was changed; restore it from a backup, or name another --data-dir.`,
    );
  }
  if (marker.format > format) {
    throw new DataDirectoryError(
      `${path} was written by a newer Alacarte (format ${marker.format}; this one knows ${format}). Upgrade, or name another --data-dir.`,
    );
  }
}

function readMarker(file: string): { program?: unknown; format?: unknown } | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as { program?: unknown; format?: unknown };
  } catch {
    return undefined;
  }
}

function lock(path: string): () => void {
  const file = join(path, lockFile);
  const mine = JSON.stringify(thisProcess());
  while (!create(file, mine)) {
    const holder = readHolder(file);
    if (holder && isRunning(holder)) {
      throw new DataDirectoryError(
        `${path} is in use by process ${holder.pid}. Stop that server, or name another --data-dir.`,
      );
    }
    // Of several servers that find a dead one's lock, one gets to move it away.
    const stale = `${file}.${process.pid}`;
    try {
      renameSync(file, stale);
      rmSync(stale);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  return () => rmSync(file, { force: true });
}

function create(file: string, content: string): boolean {
  try {
    const descriptor = openSync(file, 'wx', 0o600);
    writeFileSync(descriptor, content);
    closeSync(descriptor);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function readHolder(file: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as ProcessIdentity;
  } catch {
    return undefined; // gone, or its writer was killed before it had written
  }
}
