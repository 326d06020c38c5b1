import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UpdateTableCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  TableName,
  byDish,
  deletion,
  startOnlineIndex as start,
} from '../../../../test/dynamodb-online-index.ts';
import { failingAfter } from '../../../../test/failing-engine.ts';

describe('killed on the way, the next process finishes', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'alacarte-indexes-'));
  });
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  const dyingAt = (when?: string, step?: string) =>
    start({
      store: { dataDir },
      checkpoint: (_workflow, at, moment) => {
        if (at === step && moment === when) throw new Error('the process is gone');
      },
    });
  const moments = (steps: readonly string[]) =>
    steps.flatMap((step) => (['before', 'done', 'recorded'] as const).map((when) => [when, step]));

  test.each(moments(['allocate', 'backfill', 'open index']))(
    'an addition %s %s',
    async (when, step) => {
      {
        await using dying = await dyingAt(when, step);
        await dying.create();
        for (const pk of ['a', 'b']) await dying.put(pk, '7');
        await dying.change(byDish);
        await dying.settled();
        await dying.put('b', '8');
      }
      await using next = await dyingAt();
      await next.put('c', '9');
      await next.settled();
      expect(await next.table()).toMatchObject({
        GlobalSecondaryIndexes: [{ IndexStatus: 'ACTIVE' }],
      });
      expect(await next.entries()).toEqual(['a 7', 'b 8', 'c 9']);
    },
  );

  test.each(moments(['purge entries', 'forget index']))('a removal %s %s', async (when, step) => {
    {
      await using dying = await dyingAt(when, step);
      await dying.create();
      await dying.put('a', '7');
      await dying.change(byDish);
      await dying.settled();
      await dying.change(deletion);
      await dying.settled();
    }
    await using next = await dyingAt();
    await next.settled();
    expect((await next.table()).GlobalSecondaryIndexes).toBeUndefined();
  });

  test('an addition, cut off at any commit', { timeout: 60_000 }, async () => {
    const names = Array.from({ length: 225 }, (_, item) => `item-${item}`);
    const seeded = join(dataDir, 'seeded');
    {
      await using at = await start({ store: { dataDir: seeded } });
      await at.create();
      await at.putAll(names);
    }
    let crashes = 0;
    for (let commits = 1; ; commits++) {
      const path = join(dataDir, String(commits));
      await cp(seeded, path, { recursive: true });
      const failing = failingAfter(commits);
      {
        await using dying = await start({ store: { dataDir: path }, between: failing.between });
        const changed = dying.change(byDish).then(() => dying.settled());
        if (!(await failing.cutsOff(changed))) break;
        crashes += 1;
      }
      await using next = await start({ store: { dataDir: path } });
      await next.settled();
      expect(await next.entries()).toHaveLength(names.length);
    }
    // the progress of three steps, what they do to the table, and two rounds of entries
    expect(crashes).toBeGreaterThan(6);
  });

  test('a change of throughput', async () => {
    {
      await using dying = await dyingAt('before', 'settle');
      await dying.create();
      await dying.client.send(
        new UpdateTableCommand({ TableName, TableClass: 'STANDARD_INFREQUENT_ACCESS' }),
      );
      await dying.settled();
      expect((await dying.table()).TableStatus).toBe('UPDATING');
    }
    await using next = await dyingAt();
    await next.settled();
    expect(await next.table()).toMatchObject({
      TableStatus: 'ACTIVE',
      TableClassSummary: { TableClass: 'STANDARD_INFREQUENT_ACCESS' },
    });
  });
});
