import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DataDirectoryError } from '../data-directory.ts';
import { checkDataFile } from './check-file.ts';
import { LmdbEngine } from './lmdb-engine.ts';

let directory: string;
let file: string;
let whole: Buffer;

/** Branches, leaves, values on pages of their own, and free pages. */
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'check-'));
  const engine = new LmdbEngine(directory, { durable: false });
  for (let round = 0; round < 3; round++) {
    const writes = Array.from({ length: 2000 }, (_, at) => ({
      key: Buffer.from(`key ${at}`),
      value: at % 3 === round ? undefined : Buffer.alloc(at % 200 === 0 ? 20_000 : 100, at + round),
    }));
    await engine.transact([], () => ({ writes, result: undefined }));
  }
  await engine.close();
  file = join(directory, 'data.mdb');
  whole = readFileSync(file);
});
afterAll(() => rmSync(directory, { recursive: true }));

/** What is thrown, by its class. */
function verdict(damaged: Buffer): string | undefined {
  writeFileSync(file, damaged);
  try {
    checkDataFile(file);
    return undefined;
  } catch (error) {
    return (error as Error).name;
  }
}

test('a sound file passes, and so does one that nothing was written to', () => {
  expect(verdict(whole)).toBeUndefined();
  expect(verdict(Buffer.alloc(0))).toBeUndefined();
});

describe('a damaged file', () => {
  test('that is cut off anywhere is refused, unless only free pages are missing', () => {
    const pages = whole.length / 8192;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: Math.floor(pages / 2) * 8192 }), (length) => {
        expect(verdict(whole.subarray(0, length))).toBe('DataDirectoryError');
      }),
      { numRuns: 30 },
    );
  });

  test('of any kind gives a verdict and never another error', () => {
    const spot = fc.tuple(fc.nat(whole.length - 1), fc.uint8Array({ minLength: 1, maxLength: 64 }));
    const verdicts = new Set<string | undefined>();
    fc.assert(
      fc.property(fc.array(spot, { minLength: 1, maxLength: 5 }), (spots) => {
        const damaged = Buffer.from(whole);
        for (const [at, bytes] of spots) damaged.set(bytes.subarray(0, whole.length - at), at);
        verdicts.add(verdict(damaged));
      }),
      { numRuns: 60 },
    );
    expect(['DataDirectoryError', undefined]).toEqual(expect.arrayContaining([...verdicts]));
  });

  test('whose pages were exchanged is refused', () => {
    const exchanged = Buffer.from(whole);
    const last = whole.length - 8192;
    for (let at = 16_384; at < last; at += 8192) whole.copy(exchanged, at, at + 8192, at + 16_384);
    expect(verdict(exchanged)).toBe('DataDirectoryError');
    expect(() => checkDataFile(file)).toThrow(DataDirectoryError);
    expect(() => checkDataFile(file)).toThrow(/page \d+ is not what it should be/);
  });
});
