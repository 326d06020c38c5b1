import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeEngine } from '../engine.contract.ts';
import { LmdbEngine } from './lmdb-engine.ts';

for (const durable of [true, false]) {
  describeEngine(`lmdb, ${durable ? 'durable' : 'ephemeral'}`, async () => {
    const directory = mkdtempSync(join(tmpdir(), 'lmdb-'));
    return {
      open: async () => new LmdbEngine(join(directory, 'store'), { durable }),
      remove: async () => rmSync(directory, { recursive: true }),
    };
  });
}
