import { DynamoDB } from '@aws-sdk/client-dynamodb';
import dynamoose from 'dynamoose';
import { Item } from 'dynamoose/dist/Item.js';
import { afterEach, expect, test } from 'vitest';
import { startTestCloud } from '../../cloud.ts';

class Dish extends Item {
  declare menu: string;
  declare name: string;
  declare chef: string;
  declare price: number;
  declare steps: string[];
  declare allergens: Set<string>;
  declare addedAt: Date;
}

const schema = new dynamoose.Schema({
  menu: { type: String, hashKey: true },
  name: { type: String, rangeKey: true },
  chef: {
    type: String,
    required: true,
    index: { name: 'byChef', type: 'global', rangeKey: 'price' },
  },
  price: { type: Number, index: { name: 'byPrice', type: 'local' } },
  steps: { type: Array, schema: [String], default: [] },
  allergens: { type: Set, schema: [String] },
  addedAt: { type: Date, default: () => new Date(0) },
});

afterEach(() => dynamoose.aws.ddb.revert());

test('Dynamoose: a model that makes its table, indexes, batches and transactions', async () => {
  await using cloud = await startTestCloud();
  dynamoose.aws.ddb.set(cloud.client(DynamoDB));
  const Dishes = dynamoose.model<Dish>('dishes', schema);
  const table = new dynamoose.Table('restaurant', [Dishes], {
    initialize: false,
    throughput: 'ON_DEMAND',
    waitForActive: { enabled: true, check: { timeout: 10_000, frequency: 20 } },
  });
  await table.initialize();
  const key = { menu: 'lunch', name: 'omelette' };

  const omelette = new Dishes({ ...key, chef: 'ana', price: 9, allergens: new Set(['egg']) });
  await omelette.save();
  await expect(Dishes.create({ ...key, chef: 'bo' })).rejects.toThrow(
    'The conditional request failed',
  );
  const updated = await Dishes.update(key, {
    $ADD: { price: 2.5, steps: ['fold'] },
    $SET: { allergens: new Set(['egg', 'milk']) },
  });
  expect(updated).toMatchObject({ price: 11.5, steps: ['fold'], addedAt: new Date(0) });
  const cheap = new dynamoose.Condition().where('price').lt(10);
  await expect(Dishes.update(key, { price: 1 }, { condition: cheap })).rejects.toThrow(
    'The conditional request failed',
  );
  expect((await Dishes.get(key)).allergens).toEqual(new Set(['egg', 'milk']));

  const dinner = Array.from({ length: 25 }, (_, price) => ({
    ...{ menu: 'dinner', name: `dish-${price}` },
    ...{ chef: 'ana', price },
  }));
  expect(await Dishes.batchPut(dinner)).toEqual({ unprocessedItems: [] });
  const some = await Dishes.batchGet([key, { menu: 'dinner', name: 'dish-3' }]);
  expect(some.map(({ price }) => price).toSorted((one, other) => one - other)).toEqual([3, 11.5]);

  const byChef = Dishes.query('chef').eq('ana').using('byChef');
  const dear = await byChef.where('price').between(10, 12).sort('descending').exec();
  expect(dear.map(({ name }) => name)).toEqual(['dish-12', 'omelette', 'dish-11', 'dish-10']);
  const lunch = await Dishes.query('menu')
    .eq('lunch')
    .where('price')
    .gt(10)
    .using('byPrice')
    .exec();
  expect(lunch.map(({ name }) => name)).toEqual(['omelette']);
  const first = await Dishes.query('menu').eq('dinner').limit(20).exec();
  const rest = await Dishes.query('menu').eq('dinner').startAt(first.lastKey).exec();
  expect([first.count, rest.count, rest.lastKey]).toEqual([20, 5, undefined]);
  const free = await Dishes.scan('price').lt(3).or().where('name').contains('omel').all().exec();
  expect(free.map(({ name }) => name).toSorted()).toEqual([
    ...['dish-0', 'dish-1', 'dish-2', 'omelette'],
  ]);

  const trade = () =>
    dynamoose.transaction([
      Dishes.transaction.create({ menu: 'lunch', name: 'soup', chef: 'bo', price: 4 }),
      Dishes.transaction.update(key, { price: 12 }),
      Dishes.transaction.delete({ menu: 'dinner', name: 'dish-0' }),
      Dishes.transaction.condition({ menu: 'dinner', name: 'dish-1' }, cheap),
    ]);
  await trade();
  await expect(trade()).rejects.toThrow('[ConditionalCheckFailed, None, None, None]');
  expect(await dynamoose.transaction([Dishes.transaction.get(key)])).toMatchObject([{ price: 12 }]);

  await omelette.delete();
  expect(await Dishes.get(key)).toBeUndefined();
  expect(await Dishes.batchDelete(dinner.slice(1))).toEqual({ unprocessedItems: [] });
  expect((await Dishes.scan().count().exec()).count).toBe(1);
});
