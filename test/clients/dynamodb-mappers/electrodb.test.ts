import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { Entity, Service } from 'electrodb';
import { expect, test } from 'vitest';
import { startTestCloud } from '../../cloud.ts';
import { createSingleTable } from './single-table.ts';

const dishModel = {
  model: { entity: 'dish', version: '1', service: 'restaurant' },
  attributes: {
    menu: { type: 'string', required: true },
    name: { type: 'string', required: true },
    chef: { type: 'string', required: true },
    price: { type: 'number', required: true },
    served: { type: 'number', default: 0 },
    allergens: { type: 'set', items: 'string' },
    steps: { type: 'list', items: { type: 'string' } },
  },
  indexes: {
    byMenu: { pk: { field: 'pk', composite: ['menu'] }, sk: { field: 'sk', composite: ['name'] } },
    byChef: {
      index: 'gsi1',
      collection: 'kitchen',
      pk: { field: 'gsi1pk', composite: ['chef'] },
      sk: { field: 'gsi1sk', composite: ['name'] },
    },
  },
} as const;

const shiftModel = {
  model: { entity: 'shift', version: '1', service: 'restaurant' },
  attributes: {
    chef: { type: 'string', required: true },
    day: { type: 'string', required: true },
  },
  indexes: {
    byDay: { pk: { field: 'pk', composite: ['day'] }, sk: { field: 'sk', composite: ['chef'] } },
    byChef: {
      index: 'gsi1',
      collection: 'kitchen',
      pk: { field: 'gsi1pk', composite: ['chef'] },
      sk: { field: 'gsi1sk', composite: ['day'] },
    },
  },
} as const;

test('ElectroDB: entities, collections on an index, batches and transactions', async () => {
  await using cloud = await startTestCloud();
  await createSingleTable(cloud, 'electro');
  const place = { client: cloud.client(DynamoDBClient), table: 'electro' };
  const dish = new Entity(dishModel, place);
  const shift = new Entity(shiftModel, place);
  const restaurant = new Service({ dish, shift });
  const omelette = { menu: 'lunch', name: 'omelette', chef: 'ana', price: 9, allergens: ['egg'] };

  await dish.create({ ...omelette, steps: ['crack'] }).go();
  await expect(dish.create(omelette).go()).rejects.toThrow('The conditional request failed');
  const { data: changed } = await dish
    .patch({ menu: 'lunch', name: 'omelette' })
    .set({ price: 10 })
    .add({ served: 2, allergens: ['milk'] })
    .append({ steps: ['fold'] })
    .where(({ price }, { lt }) => lt(price, 10))
    .go({ response: 'all_new' });
  expect(changed).toMatchObject({ price: 10, served: 2, steps: ['crack', 'fold'] });
  expect([...changed.allergens!].toSorted()).toEqual(['egg', 'milk']);
  await expect(dish.patch({ menu: 'lunch', name: 'soup' }).set({ price: 1 }).go()).rejects.toThrow(
    'The conditional request failed',
  );

  const dinner = Array.from({ length: 30 }, (_, index) => ({
    menu: 'dinner',
    name: `dish-${String(index).padStart(2, '0')}`,
    chef: 'bo',
    price: index,
  }));
  expect((await dish.put(dinner).go()).unprocessed).toEqual([]);
  const batch = await dish.get(dinner.map(({ menu, name }) => ({ menu, name }))).go();
  expect(batch.data).toHaveLength(30);
  const { data: page, cursor } = await dish.query.byMenu({ menu: 'dinner' }).go({ limit: 20 });
  expect(page.map(({ price }) => price)).toEqual(Array.from({ length: 20 }, (_, index) => index));
  const rest = await dish.query.byMenu({ menu: 'dinner' }).go({ cursor });
  expect(rest).toMatchObject({ data: { length: 10 }, cursor: null });
  const between = await dish.query
    .byChef({ chef: 'bo' })
    .between({ name: 'dish-05' }, { name: 'dish-09' })
    .where(({ price }, { gt }) => gt(price, 6))
    .go({ order: 'desc' });
  expect(between.data.map(({ price }) => price)).toEqual([9, 8, 7]);

  const hire = () =>
    restaurant.transaction
      .write(({ dish: dishes, shift: shifts }) => [
        shifts.create({ chef: 'ana', day: 'monday' }).commit(),
        dishes.update({ menu: 'lunch', name: 'omelette' }).add({ served: 1 }).commit(),
      ])
      .go();
  expect((await hire()).canceled).toBe(false);
  const again = await hire();
  expect(again.canceled).toBe(true);
  expect(again.data.map(({ code }) => code)).toEqual(['ConditionalCheckFailed', 'None']);
  const { data: read } = await restaurant.transaction
    .get(({ dish: dishes, shift: shifts }) => [
      dishes.get({ menu: 'lunch', name: 'omelette' }).commit(),
      shifts.get({ chef: 'ana', day: 'sunday' }).commit(),
    ])
    .go();
  expect(read.map(({ item }) => item)).toMatchObject([{ served: 3 }, null]);
  const { data: kitchen } = await restaurant.collections.kitchen({ chef: 'ana' }).go();
  expect(kitchen.shift).toEqual([{ chef: 'ana', day: 'monday' }]);
  expect(kitchen.dish).toMatchObject([{ name: 'omelette', served: 3 }]);

  expect((await dish.delete(dinner).go()).unprocessed).toEqual([]);
  expect((await dish.scan.go({ pages: 'all' })).data).toHaveLength(1);
});
