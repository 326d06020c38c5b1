import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from './connection.ts';
import type { Contender } from './contenders.ts';
import { figuresOf, type ProcessFigures } from './process-figures.ts';
import { listTables } from './tables.ts';

/** A contender at work. */
export interface Server {
  readonly name: string;
  readonly port: number;
  readonly pid: number;
  /** From the start of the process to the first answer to ListTables. */
  readonly start: { readonly seconds: number; readonly figures: ProcessFigures | undefined };
  stop(): Promise<void>;
}

const PATIENCE_MS = 60_000;
const hasTaskset = spawnSync('taskset', ['--version']).status === 0;

/** Starts a contender on the first core, where cores can be chosen, and waits until it answers. */
export async function startServer(contender: Contender): Promise<Server> {
  const port = await freePort();
  const directory = mkdtempSync(join(tmpdir(), 'alacarte-bench-'));
  const data = join(directory, 'data');
  mkdirSync(data);
  const [program, ...parameters] = contender.command(port, data);
  const started = performance.now();
  const log = join(directory, 'log');
  const output = openSync(log, 'w');
  const child = spawn(
    hasTaskset ? 'taskset' : program,
    hasTaskset ? ['-c', '0', program, ...parameters] : parameters,
    { stdio: ['ignore', output, output], cwd: directory },
  );
  const stop = async (): Promise<void> => {
    await end(child);
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    await answers(port, child);
  } catch (error) {
    const said = readFileSync(log, 'utf8').slice(-2000);
    await stop();
    throw new Error(`${contender.name} does not start: ${said}`, { cause: error });
  }
  const seconds = (performance.now() - started) / 1000;
  const { pid } = child;
  return {
    name: contender.name,
    port,
    pid: pid!,
    start: { seconds, figures: figuresOf(pid!) },
    stop,
  };
}

/** Keeps the client off the server's core. */
export function leaveServersCore(): boolean {
  return hasTaskset && spawnSync('taskset', ['-apc', '1', String(process.pid)]).status === 0;
}

async function answers(port: number, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (child.exitCode === null && performance.now() < deadline) {
    try {
      const connection = await Connection.open(port);
      const { status } = await connection.send(listTables(port)).finally(() => connection.close());
      if (status === 200) return;
    } catch {
      // not listening yet
    }
    await sleep(5);
  }
  throw new Error(child.exitCode === null ? 'no answer' : `it ended with ${child.exitCode}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const impatience = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await gone;
  clearTimeout(impatience);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? address!.port : 0));
    });
  });
}
