import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MovableClock } from '../../../kernel/clock.ts';
import { silent } from '../../../kernel/log.ts';
import type { Engine } from '../../../storage/engine.ts';
import { key, under } from '../../../storage/keys.ts';
import { LmdbEngine } from '../../../storage/lmdb/lmdb-engine.ts';
import { RequestTokens } from './request-tokens.ts';

const MINUTE_MS = 60_000;
const owner = { account: '000000000000', region: 'us-east-1' };
let directory: string;
let store: Engine;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tokens-'));
  store = new LmdbEngine(directory, { durable: false });
});

afterEach(async () => {
  await store.close();
  rmSync(directory, { recursive: true });
});

test('a sweep removes the tokens that are no longer valid, and no others', async () => {
  const clock = new MovableClock(Date.UTC(2026, 10, 23, 12));
  const tokens = new RequestTokens({ store, clock, log: silent });
  const record = async (token: string): Promise<void> => {
    const use = tokens.use(owner, token, {});
    await store.transact(use.places, () => ({ writes: [use.record()], result: undefined }));
  };
  const isKnown = (token: string) => {
    const use = tokens.use(owner, token, {});
    return store.getMany(use.places).then((values) => use.isRepeated(values));
  };
  await record('first');
  clock.advance(11 * MINUTE_MS);
  await record('second');
  clock.advance(9 * MINUTE_MS);
  await tokens.sweep();
  expect(await store.range(under(key('dynamodb', 'request-token')))).toHaveLength(1);
  expect(await isKnown('second')).toBe(true);
  expect(await isKnown('first')).toBe(false);
});
