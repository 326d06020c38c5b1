import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MovableClock } from '../kernel/clock.ts';
import type { Engine } from '../storage/engine.ts';
import { LmdbEngine } from '../storage/lmdb/lmdb-engine.ts';
import { Records, set, transact } from '../storage/records.ts';
import { type Checkpoint, type Workflow, Workflows } from './workflows.ts';

interface Dish {
  readonly name: string;
  readonly eggs?: number;
}

const dish: Dish = { name: 'omelette' };
const clock = new MovableClock(0);
const log = pino({ level: 'silent' });

let directory: string;
let store: Engine;
/** What the steps did, in order. */
let done: string[];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'workflows-'));
  store = new LmdbEngine(join(directory, 'store'), { durable: false });
  done = [];
});

afterEach(async () => {
  await store.close();
  rmSync(directory, { recursive: true });
});

function cook(failing?: string): Workflow<Dish> {
  const step = (name: string, change?: Partial<Dish>): Workflow<Dish>['steps'][number] => ({
    name,
    async run(state) {
      done.push(`${name} ${JSON.stringify(state)}`);
      if (name === failing) throw new Error('burnt');
      return change && { ...state, ...change };
    },
    async undo(_state, { step: at, message }) {
      done.push(`undo ${name}: ${at} ${message}`);
    },
  });
  return { name: 'cook', steps: [step('crack', { eggs: 3 }), step('fry'), step('serve')] };
}

async function place(workflows: Workflows, workflow: Workflow<Dish>): Promise<void> {
  const write = workflows.order(workflow, 'table-7', dish);
  await store.transact([], () => ({ writes: [write], result: undefined }));
  workflows.start(workflow, 'table-7');
  await workflows.settled();
}

function kitchen(workflow: Workflow<Dish>, checkpoint?: Checkpoint): Workflows {
  const workflows = new Workflows({ store, clock, log }, checkpoint);
  workflows.register(workflow);
  return workflows;
}

async function journal(): Promise<number> {
  return (await new Records(store, 'workflow').list()).length;
}

describe('an order', () => {
  test('runs its steps in turn, each with the state the last one left, and is then forgotten', async () => {
    const workflow = cook();
    await place(kitchen(workflow), workflow);
    expect(done).toEqual([
      'crack {"name":"omelette"}',
      'fry {"name":"omelette","eggs":3}',
      'serve {"name":"omelette","eggs":3}',
    ]);
    expect(await journal()).toBe(0);
  });

  test('is undone from the failed step backwards', async () => {
    const workflow = cook('fry');
    await place(kitchen(workflow), workflow);
    expect(done.slice(2)).toEqual(['undo fry: fry burnt', 'undo crack: fry burnt']);
    expect(await journal()).toBe(0);
  });

  test('is placed or not together with what it is for', async () => {
    const workflow = cook();
    const workflows = kitchen(workflow);
    const tables = new Records<string>(store, 'table');
    const refused = transact(store, [tables.at('7')], () => {
      workflows.order(workflow, 'table-7', dish);
      throw new Error('no such table');
    });
    await expect(refused).rejects.toThrow('no such table');
    expect(await journal()).toBe(0);

    await transact(store, [tables.at('7')], () => ({
      writes: [set(tables.at('7'), 'taken'), workflows.order(workflow, 'table-7', dish)],
      result: undefined,
    }));
    expect(await journal()).toBe(1);
  });

  test('does not begin twice', async () => {
    const workflow = cook();
    const workflows = kitchen(workflow);
    const write = workflows.order(workflow, 'table-7', dish);
    await store.transact([], () => ({ writes: [write], result: undefined }));
    workflows.start(workflow, 'table-7');
    workflows.start(workflow, 'table-7');
    await workflows.settled();
    expect(done).toHaveLength(3);
  });

  test('repeats an undo that fails until it succeeds', async () => {
    const workflow = cook('crack');
    let tries = 0;
    const stubborn: Workflow<Dish> = {
      ...workflow,
      steps: workflow.steps.map((step) => ({
        ...step,
        async undo() {
          if (++tries < 3) throw new Error('stuck');
        },
      })),
    };
    const workflows = kitchen(stubborn);
    const write = workflows.order(stubborn, 'table-7', dish);
    await store.transact([], () => ({ writes: [write], result: undefined }));
    workflows.start(stubborn, 'table-7');
    while ((await journal()) > 0) {
      clock.advance(1_000);
      await new Promise(setImmediate);
    }
    expect(tries).toBe(3);
  });
});

describe('after a crash', () => {
  const crash = new Error('the process is gone');
  const places = ['crack', 'fry', 'serve'].flatMap((step) =>
    (['before', 'done', 'recorded'] as const).map((when) => ({ step, when })),
  );

  test.each(places)('$when $step the order is finished by the next process', async (place_) => {
    const workflow = cook();
    const dying = kitchen(workflow, (_workflow, step, when) => {
      if (step === place_.step && when === place_.when) throw crash;
    });
    await place(dying, workflow);

    const next = kitchen(workflow);
    await next.resume();
    await next.settled();
    expect(done.at(-1)).toMatch(/^serve/);
    expect(new Set(done.map((line) => line.split(' ')[0]))).toEqual(
      new Set(['crack', 'fry', 'serve']),
    );
    expect(await journal()).toBe(0);
  });

  test.each(places)('$when $step the undoing is finished by the next process', async (place_) => {
    const workflow = cook('serve');
    const dying = kitchen(workflow, (_workflow, step, when) => {
      if (step === place_.step && when === place_.when) throw crash;
    });
    await place(dying, workflow);

    const next = kitchen(workflow);
    await next.resume();
    await next.settled();
    expect(done.slice(-3)).toEqual(
      ['serve', 'fry', 'crack'].map((step) => `undo ${step}: serve burnt`),
    );
    expect(await journal()).toBe(0);
  });
});

test('closing lets an order stop behind its step and leaves the rest for the next process', async () => {
  const workflow = cook();
  const closing: Promise<void>[] = [];
  const first = kitchen(workflow, (_workflow, step, when) => {
    if (step === 'crack' && when === 'done') closing.push(first.close());
  });
  await place(first, workflow);
  await Promise.all(closing);
  expect(done).toEqual(['crack {"name":"omelette"}']);

  const next = kitchen(workflow);
  await next.resume();
  await next.settled();
  expect(done).toHaveLength(3);
});
