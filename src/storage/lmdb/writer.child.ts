import { LmdbEngine } from './lmdb-engine.ts';

/**
 * Writes pairs of keys for ever, many at once, and says on standard output what was acknowledged:
 * the other half of `kill.test.ts`, which ends it.
 */
const [directory = '', from = '0'] = process.argv.slice(2);
const engine = new LmdbEngine(directory, { durable: true });

let next = Number(from);
async function write(): Promise<void> {
  for (;;) {
    const number = next++;
    const value = Buffer.from(String(number));
    const writes = ['left', 'right'].map((side) => ({
      key: Buffer.from(`${side} ${number % 50}`),
      value,
    }));
    writes.push({ key: Buffer.from(`all ${number}`), value });
    await engine.transact([], () => ({ writes, result: undefined }));
    process.stdout.write(`${number}\n`);
  }
}
await Promise.all(Array.from({ length: 8 }, write));
