import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Engine } from './engine.ts';
import { openStore, type Store } from './open.ts';
import { Records, clear, set, transact } from './records.ts';

interface Dish {
  readonly name: string;
  readonly price: number;
}

let opened: Store;
let store: Engine;
let dishes: Records<Dish>;
beforeEach(async () => {
  opened = await openStore({ ephemeral: true });
  store = opened.engine;
  dishes = new Records<Dish>(store, 'dish');
});
afterEach(() => opened.close());

const add = (dish: Dish, ...path: string[]) =>
  transact(store, [], () => ({ writes: [set(dishes.at(...path), dish)], result: undefined }));

test('a record is read as it was written, and absent once cleared', async () => {
  await add({ name: 'Omelette', price: 9 }, 'eggs', 'omelette');
  expect(await dishes.get('eggs', 'omelette')).toEqual({ name: 'Omelette', price: 9 });
  const slot = dishes.at('eggs', 'omelette');
  await transact(store, [slot], () => ({ writes: [clear(slot)], result: undefined }));
  expect(await dishes.get('eggs', 'omelette')).toBeUndefined();
});

test('a transaction sees typed records and returns its result', async () => {
  await add({ name: 'Soup', price: 5 }, 'soup');
  const [soup, salad] = [dishes.at('soup'), dishes.at('salad')];
  const raised = await transact(store, [soup, salad], (present, absent) => {
    const dearer = { ...present!, price: present!.price + 1 };
    return { writes: [set(soup, dearer)], result: [dearer.price, absent] };
  });
  expect(raised).toEqual([6, undefined]);
  expect((await dishes.get('soup'))?.price).toBe(6);
});

test('lists what lies below a path, in order, over several pages, with records inside records', async () => {
  const names = Array.from({ length: 1200 }, (_, at) => String(at).padStart(4, '0'));
  const writes = names.map((name) => set(dishes.at('menu', name), { name, price: 1 }));
  writes.push(set(dishes.at('menu', '0511', 'side'), { name: '0511 side', price: 1 }));
  writes.push(set(dishes.at('other', 'x'), { name: 'elsewhere', price: 1 }));
  await store.transact([], () => ({ writes, result: undefined }));
  const listed = (await dishes.list('menu')).map(({ name }) => name);
  expect(listed).toEqual([...names, '0511 side'].toSorted());
});

test('a list is as of now, and what stayed as it was is the same object', async () => {
  await add({ name: 'Soup', price: 5 }, 'soup');
  await add({ name: 'Salad', price: 6 }, 'salad');
  const first = await dishes.list();
  expect(await dishes.list()).toBe(first);
  await transact(store, [], () => ({
    writes: [set(new Records<Dish>(store, 'drink').at('tea'), { name: 'Tea', price: 2 })],
    result: undefined,
  }));
  expect(await dishes.list()).toBe(first);

  await add({ name: 'Soup', price: 7 }, 'soup');
  await add({ name: 'Fish', price: 9 }, 'fish');
  const second = await dishes.list();
  expect(second.map(({ name, price }) => [name, price])).toEqual([
    ['Fish', 9],
    ['Salad', 6],
    ['Soup', 7],
  ]);
  expect(second[1]).toBe(first[0]);
  await transact(store, [], () => ({ writes: [clear(dishes.at('salad'))], result: undefined }));
  const third = await dishes.list();
  expect(third).toEqual([second[0], second[2]]);
  expect(third[1]).toBe(second[2]);
});

test('what is listed cannot be changed by one who reads it', async () => {
  await add({ name: 'Soup', price: 5 }, 'soup');
  const [soup] = await dishes.list();
  expect(() => Object.assign(soup!, { price: 1 })).toThrow(TypeError);
});

test('watching tells of changes below a path only', async () => {
  const heard: string[] = [];
  const changed = new Promise<void>((resolve) => {
    dishes.watch(['eggs'], resolve);
  });
  dishes.watch(['fish'], () => heard.push('fish'));
  await add({ name: 'Omelette', price: 9 }, 'eggs', 'omelette');
  await changed;
  expect(heard).toEqual([]);
});
