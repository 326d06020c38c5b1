import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRunning, type ProcessIdentity, thisProcess } from './kernel/process-identity.ts';

/** A server that is ready, as its data directory tells of it. */
export interface RunningServer extends ProcessIdentity {
  readonly endpoint: string;
}

const fileName = 'server.json';

/**
 * Lets others find this process's server by its data directory.
 *
 * @returns takes it back
 */
export function announceServer(directory: string, endpoint: string): () => void {
  const server: RunningServer = { ...thisProcess(), endpoint };
  const file = join(directory, fileName);
  // Renamed into place: nobody reads half of it.
  writeFileSync(`${file}.draft`, `${JSON.stringify(server)}\n`, { mode: 0o600 });
  renameSync(`${file}.draft`, file);
  return () => rmSync(file, { force: true });
}

/**
 * The server that is ready on a data directory; undefined where none is. One that was killed leaves
 * its file behind, and its number may be another process's since: that one is not taken for it.
 */
export function runningServer(directory: string): RunningServer | undefined {
  try {
    const text = readFileSync(join(directory, fileName), 'utf8');
    const server = JSON.parse(text) as RunningServer;
    return isRunning(server) ? server : undefined;
  } catch {
    return undefined;
  }
}
