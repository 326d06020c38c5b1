import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** A server in a process of its own. */
export interface ServerProcess {
  readonly endpoint: string;
  readonly pid: number;
  /** Its line on standard output. */
  readonly ready: string;
  /** Ends it and waits; SIGTERM, the default, lets it finish what is under way. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/**
 * Starts a server and waits for its one line on standard output.
 *
 * @param program Node's arguments up to the program, e.g. `['dist/cli/main.js']`
 * @param options as `alacarte up` takes them
 * @param environment what it has beside this process's own
 * @throws Error where it ends before it is ready; it has said why on standard error
 */
export async function startServer(
  program: readonly string[],
  options: readonly string[],
  environment: NodeJS.ProcessEnv = {},
): Promise<ServerProcess> {
  const child = spawn(process.execPath, [...program, 'up', ...options], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const line = once(createInterface(child.stdout), 'line').then(([text]) => String(text));
  const ready = await Promise.race([line, exited.then(() => '')]);
  const endpoint = /https?:\/\/\S+/.exec(ready)?.[0];
  if (!endpoint) throw new Error('the server ended before it was ready');
  return {
    endpoint,
    pid: child.pid!,
    ready,
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      await exited;
    },
  };
}
