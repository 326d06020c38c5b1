import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Engine, type Key, MAX_KEY_BYTES, type Value, type Write } from './engine.ts';
import { key, under } from './keys.ts';
import { serialHistories } from './serial-histories.contract.ts';

/** An engine on a place of its own, as a suite gets it. */
export interface EngineUnderTest {
  /** Opens the same place; again after `close` finds what was kept. */
  open(): Promise<Engine>;
  /** Removes the place. */
  remove(): Promise<void>;
}

const a = key('a');
const b = key('b');
const bytes = (text: string): Value => Buffer.from(text);
const text = (value: Value | undefined): string | undefined =>
  value && Buffer.from(value).toString();

/** What every engine must do. */
export function describeEngine(name: string, prepare: () => Promise<EngineUnderTest>): void {
  describe(name, () => {
    let place: EngineUnderTest;
    let engine: Engine;

    beforeEach(async () => {
      place = await prepare();
      engine = await place.open();
    });

    afterEach(async () => {
      await engine.close();
      await place.remove();
    });

    async function put(...entries: readonly (readonly [Key, string | undefined])[]): Promise<void> {
      const writes = entries.map(([at, value]): Write => ({
        key: at,
        value: value === undefined ? undefined : bytes(value),
      }));
      await engine.transact([], () => ({ writes, result: undefined }));
    }

    async function increment(at: Key): Promise<number> {
      return engine.transact([at], ([value]) => {
        const next = Number(text(value) ?? 0) + 1;
        return { writes: [{ key: at, value: bytes(String(next)) }], result: next };
      });
    }

    describe('reading', () => {
      test('tells an absent value from an empty one', async () => {
        await put([a, '']);
        expect(text(await engine.get(a))).toBe('');
        expect(await engine.get(b)).toBeUndefined();
        expect((await engine.getMany([b, a, a])).map(text)).toEqual([undefined, '', '']);
        expect(await engine.getMany([])).toEqual([]);
      });

      test('hands out values that stay as they were', async () => {
        await put([a, 'one']);
        const value = await engine.get(a);
        const [entry] = await engine.range(under(a));
        await put([a, 'two']);
        await put([b, 'three']);
        expect(text(value)).toBe('one');
        expect(text(entry?.value)).toBe('one');
      });

      test('finds nothing under a key beyond the limit, and takes one for a bound', async () => {
        const longest = Buffer.alloc(MAX_KEY_BYTES, 7);
        const beyond = Buffer.alloc(10_000, 7);
        await put([a, 'a'], [longest, 'longest']);
        expect(await engine.get(beyond)).toBeUndefined();
        expect((await engine.getMany([beyond, a])).map(text)).toEqual([undefined, 'a']);
        const below = await engine.range({ from: Buffer.of(0), to: beyond });
        expect(below.map(({ value }) => text(value))).toEqual(['longest']);
        const above = await engine.range({ from: beyond, to: Buffer.of(0xff) });
        expect(above.map(({ value }) => text(value))).toEqual(['a']);
      });

      test('keeps large values, and keys as long as the limit', async () => {
        const large = Buffer.alloc(1024 * 1024, 'x');
        const long = Buffer.alloc(MAX_KEY_BYTES, 7);
        await engine.transact([], () => ({ writes: [{ key: long, value: large }], result: 0 }));
        expect(large.equals((await engine.get(long))!)).toBe(true);
        const [entry] = await engine.range({ from: Buffer.of(7), to: Buffer.of(8) });
        expect(long.equals(entry!.key)).toBe(true);
      });
    });

    describe('a revision', () => {
      test('differs after every commit that wrote, where there is one', async () => {
        const before = engine.revision();
        await put([a, 'one']);
        const between = engine.revision();
        await put([a, 'one']);
        const told = new Set([before, between, engine.revision()]);
        expect(told.size).toBe(before === undefined ? 1 : 3);
      });

      test('stays while nothing is written', async () => {
        await put([a, 'one']);
        const revision = engine.revision();
        await engine.get(a);
        await engine.range(under(a));
        expect(engine.revision()).toBe(revision);
      });
    });

    describe('ranges', () => {
      const keys = ['', 'a', 'ab', 'b', '\u00ff', '\u{1f373}'].map((part) => key('r', part));
      const found = async (range: Partial<Parameters<Engine['range']>[0]>): Promise<number[]> => {
        const entries = await engine.range({ ...under(key('r')), ...range });
        return entries.map((entry) => keys.findIndex((at) => Buffer.from(at).equals(entry.key)));
      };

      beforeEach(async () => {
        await put([key('q'), 'before'], [key('s'), 'behind']);
        await put(...keys.toReversed().map((at) => [at, '1234'] as const));
      });

      test('are in the order of the keys, from inclusive, to exclusive', async () => {
        expect(await found({})).toEqual([0, 1, 2, 3, 4, 5]);
        expect(await found({ from: keys[1]!, to: keys[3]! })).toEqual([1, 2]);
        expect(await found({ from: keys[3]!, to: keys[3]! })).toEqual([]);
        expect(await found({ from: keys[3]!, to: keys[1]! })).toEqual([]);
      });

      test('run backwards over the same entries', async () => {
        expect(await found({ reverse: true })).toEqual([5, 4, 3, 2, 1, 0]);
        const { from, to } = { from: keys[1]!, to: keys[3]! };
        expect(await found({ from, to, reverse: true })).toEqual([2, 1]);
        expect(await found({ from, to, reverse: true, limit: 1 })).toEqual([2]);
      });

      test('stop at a number of entries or of bytes', async () => {
        expect(await found({ limit: 2 })).toEqual([0, 1]);
        expect(await found({ maxBytes: 8 })).toEqual([0, 1]);
        expect(await found({ maxBytes: 9 })).toEqual([0, 1, 2]);
        expect(await found({ maxBytes: 1 })).toEqual([0]);
        expect(await found({ maxBytes: 9, limit: 1 })).toEqual([0]);
        expect(await found({ maxBytes: 5, reverse: true })).toEqual([5, 4]);
      });
    });

    describe('transactions', () => {
      test('read, compute and write as one step', async () => {
        await put([a, '1']);
        const result = await engine.transact([a, b, a], (values) => ({
          writes: [
            { key: a, value: undefined },
            { key: b, value: bytes('2') },
          ],
          result: values.map(text),
        }));
        expect(result).toEqual(['1', undefined, '1']);
        expect((await engine.getMany([a, b])).map(text)).toEqual([undefined, '2']);
      });

      test('that throw write nothing and leave their neighbours alone', async () => {
        const failing = engine.transact([a], () => {
          throw new Error('refused');
        });
        const [outcome, first, second] = await Promise.allSettled([
          failing,
          increment(a),
          increment(a),
        ]);
        expect(outcome).toMatchObject({ status: 'rejected', reason: { message: 'refused' } });
        expect([first, second].map((o) => o.status)).toEqual(['fulfilled', 'fulfilled']);
        expect(text(await engine.get(a))).toBe('2');
      });

      test.each([0, MAX_KEY_BYTES + 1])(
        'with a key of %d bytes are refused whole',
        async (length) => {
          const writes = [
            { key: a, value: bytes('1') },
            { key: Buffer.alloc(length, 7), value: bytes('2') },
          ];
          const refused = engine.transact([], () => ({ writes, result: 0 }));
          const [outcome, neighbour] = await Promise.allSettled([refused, increment(b)]);
          expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(RangeError) });
          expect(neighbour.status).toBe('fulfilled');
          expect((await engine.getMany([a, b])).map(text)).toEqual([undefined, '1']);
        },
      );

      test('that read what others write come one after the other', async () => {
        const results = await Promise.all(Array.from({ length: 60 }, () => increment(a)));
        expect(results.toSorted((x, y) => x - y)).toEqual(
          Array.from({ length: 60 }, (_, i) => i + 1),
        );
      });

      test('cannot both take what only one may have (write skew)', async () => {
        await put([a, 'on call'], [b, 'on call']);
        const leave = (mine: Key): Promise<boolean> =>
          engine.transact([a, b], (values) => {
            const may = values.every((value) => text(value) === 'on call');
            return { writes: may ? [{ key: mine, value: bytes('away') }] : [], result: may };
          });
        const left = await Promise.all([leave(a), leave(b)]);
        expect(left.filter(Boolean)).toHaveLength(1);
      });

      test('show getMany all of their writes or none', async () => {
        const torn: unknown[] = [];
        const look = async (): Promise<void> => {
          const [first, second] = (await engine.getMany([a, b])).map(text);
          if (first !== second) torn.push([first, second]);
        };
        const looks: Promise<void>[] = [];
        for (let round = 0; round < 30; round++) {
          const written = put([a, `${round}`], [b, `${round}`]);
          looks.push(look(), new Promise(setImmediate).then(look));
          await written;
        }
        await Promise.all(looks);
        expect(torn).toEqual([]);
        expect(text(await engine.get(a))).toBe('29');
      });

      test('have one serial order, whatever they are', async () => {
        await expect(serialHistories(engine)).resolves.toBeUndefined();
      });
    });

    test('watchers are told of writes below their prefix, in order, until they leave', async () => {
      const seen: number[] = [];
      const heard = new Promise<void>((resolve) => {
        engine.watch(key('w'), (keys) => {
          seen.push(...keys.map((at) => at.length));
          if (seen.length === 4) resolve();
        });
      });
      const strangers: unknown[] = [];
      const leave = engine.watch(key('w'), (keys) => strangers.push(keys));
      leave();
      await put([key('x'), 'elsewhere']);
      await put([key('w', '22'), 'one']);
      await put([key('w', '22'), undefined], [key('w', '333'), 'two']);
      await put([key('w'), 'last']);
      await heard;
      expect(seen).toEqual([5, 5, 6, 2]);
      expect(strangers).toEqual([]);
    });

    test('what was acknowledged is there when the place is opened again', async () => {
      await put([a, 'kept'], [b, 'gone']);
      await put([b, undefined]);
      await engine.close();
      engine = await place.open();
      expect((await engine.getMany([a, b])).map(text)).toEqual(['kept', undefined]);
    });

    test('closing waits for what is under way and turns away what comes later', async () => {
      const writes = Array.from({ length: 20 }, () => increment(a));
      const closing = engine.close();
      await expect(increment(a)).rejects.toThrow('the store is closed');
      await expect(engine.get(a)).rejects.toThrow('the store is closed');
      await expect(engine.getMany([a])).rejects.toThrow('the store is closed');
      await expect(engine.range(under(a))).rejects.toThrow('the store is closed');
      await Promise.all([closing, ...writes, engine.close()]);
      engine = await place.open();
      expect(text(await engine.get(a))).toBe('20');
    });
  });
}
