import * as fc from 'fast-check';
import { expect } from 'vitest';
import type { Changes, Engine, Key, Value } from './engine.ts';
import { key, under } from './keys.ts';

/** A transaction that reads some of six registers and overwrites others with its own number. */
interface Step {
  readonly reads: readonly number[];
  readonly writes: readonly number[];
}

const REGISTERS = [0, 1, 2, 3, 4, 5];

/**
 * Runs random transactions at once. Each also reads and raises a ticket, so what the engine says
 * is the serial order is known, and replaying it on a map must give each transaction's reads.
 */
export async function serialHistories(engine: Engine): Promise<void> {
  const register = fc.constantFrom(...REGISTERS);
  const step = fc.record({
    reads: fc.array(register, { maxLength: 4 }),
    writes: fc.array(register, { maxLength: 4 }),
  });
  let history = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 12 }), async (steps) => {
      const place = key('history', String(history++));
      const ran = await Promise.all(steps.map((each, at) => run(engine, place, each, at)));
      const model = new Map<number, string>();
      for (const { ticket, at, read } of ran.toSorted((a, b) => a.ticket - b.ticket)) {
        expect(ran.filter((other) => other.ticket === ticket)).toHaveLength(1);
        expect(read).toEqual(steps[at]!.reads.map((each) => model.get(each)));
        for (const each of steps[at]!.writes) model.set(each, String(at));
      }
      const left = await engine.range(under(key(place, 'register')));
      expect(left.map(({ value }) => text(value))).toEqual(
        REGISTERS.filter((each) => model.has(each)).map((each) => model.get(each)),
      );
    }),
    { numRuns: 25 },
  );
}

function run(engine: Engine, place: Key, { reads, writes }: Step, at: number) {
  const ticketKey = key(place, 'ticket');
  const registerKey = (each: number) => key(place, 'register', String(each));
  return engine.transact(
    [ticketKey, ...reads.map(registerKey)],
    ([ticket, ...values]): Changes<{ ticket: number; at: number; read: unknown[] }> => {
      const number = Number(text(ticket) ?? 0);
      return {
        writes: [
          { key: ticketKey, value: Buffer.from(String(number + 1)) },
          ...writes.map((each) => ({ key: registerKey(each), value: Buffer.from(String(at)) })),
        ],
        result: { ticket: number, at, read: values.map(text) },
      };
    },
  );
}

function text(value: Value | undefined): string | undefined {
  return value && Buffer.from(value).toString();
}
