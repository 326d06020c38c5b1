import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { buildSync } from 'esbuild';
import { expect, test } from 'vitest';
import { LmdbEngine } from './lmdb-engine.ts';

const ROUNDS = 20;

/** Built once, as compiling it anew would take most of a round's time. */
const writerScript = buildSync({
  entryPoints: [join(import.meta.dirname, 'writer.child.ts')],
  bundle: true,
  format: 'esm',
  platform: 'node',
  packages: 'external',
  write: false,
}).outputFiles[0]!.text;

/** Lets a writer run until it has acknowledged `count` writes, kills it, and returns all it said. */
async function writeUntilKilled(directory: string, from: number, count: number): Promise<number[]> {
  // Read from standard input, so that packages are found from here.
  const writer = spawn(process.execPath, ['--input-type=module', '-', directory, String(from)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    cwd: import.meta.dirname,
  });
  writer.stdin.end(writerScript);
  const exited = once(writer, 'exit');
  const acknowledged: number[] = [];
  for await (const line of createInterface(writer.stdout)) {
    acknowledged.push(Number(line));
    if (acknowledged.length === count) writer.kill('SIGKILL');
  }
  await exited;
  return acknowledged;
}

test(
  'a writer that is killed at any moment has lost nothing it acknowledged',
  { timeout: 120_000 },
  async () => {
    const directory = mkdtempSync(join(tmpdir(), 'kill-'));
    const acknowledged: number[] = [];
    try {
      for (let round = 0; round < ROUNDS; round++) {
        const moment = 1 + Math.floor(Math.random() * 150);
        const said = await writeUntilKilled(directory, round * 1_000_000, moment);
        expect(said.length).toBeGreaterThanOrEqual(moment);
        acknowledged.push(...said);

        const engine = new LmdbEngine(directory, { durable: true });
        const values = await engine.getMany(
          acknowledged.map((number) => Buffer.from(`all ${number}`)),
        );
        expect(values.map(String)).toEqual(acknowledged.map(String));
        for (let place = 0; place < 50; place++) {
          const pair = ['left', 'right'].map((side) => Buffer.from(`${side} ${place}`));
          const [left, right] = await engine.getMany(pair);
          expect(String(left)).toBe(String(right));
        }
        await engine.close();
      }
    } finally {
      rmSync(directory, { recursive: true });
    }
  },
);
