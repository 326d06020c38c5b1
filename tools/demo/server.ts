import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface Server {
  readonly endpoint: string;
  stop(): Promise<void>;
}

/** Starts the built server on a free port and waits for its one line on standard output. */
export async function startServer(dataDir: string): Promise<Server> {
  const args = ['dist/cli/main.js', 'up', '--port', '0', '--data-dir', dataDir];
  const child = spawn(process.execPath, [...args, '--log-level', 'warn'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const ready = once(createInterface(child.stdout), 'line');
  const first = await Promise.race([ready, exited.then(() => undefined)]);
  const endpoint = /https?:\/\/\S+/.exec(String(first?.[0]))?.[0];
  if (!endpoint) throw new Error('the server ended before it was ready');
  console.log(String(first?.[0]));
  return {
    endpoint,
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
  };
}
