import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FileDisks } from '../../../../compute/file-disks.ts';
import { MockDriver } from '../../../../compute/mock/mock-driver.ts';
import { MovableClock } from '../../../../kernel/clock.ts';
import { Ids } from '../../../../kernel/ids.ts';
import { silent } from '../../../../kernel/log.ts';
import { LmdbEngine } from '../../../../storage/lmdb/lmdb-engine.ts';
import { Workflows, type Checkpoint } from '../../../../workflows/workflows.ts';
import { OwnImages } from '../images/own-images.ts';
import { SnapshotOrders } from '../snapshots/snapshot-orders.ts';
import { Snapshots } from '../snapshots/snapshots.ts';
import { Instances } from '../instances/instances.ts';
import { Tags } from '../tags.ts';
import { Volumes } from '../volumes/volumes.ts';
import { ImportOrders } from './import-orders.ts';
import type { ImportTask } from './import-task.ts';

const place = { account: '000000000000', region: 'us-east-1' };
const id = 'import-ami-00000000000000001';

let directory: string;
let task: ImportTask;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'import-recovery-'));
  const path = join(directory, 'disk');
  writeFileSync(path, 'soup'.repeat(1024));
  const file = { path, format: 'raw' as const, bytes: 4096, url: `file://${path}` };
  task = {
    ...{ ...place, id, state: 'active', encrypted: false },
    disks: [{ device: '/dev/sda1', gib: 1, snapshotId: 'snap-00000000000000001', file }],
    image: { id: 'ami-00000000000000001' },
  };
});
afterEach(() => rmSync(directory, { recursive: true }));

class Killed extends Error {}

/** Imports in one process on the test's directory; `close` ends it as a kill would, wherever it stands. */
async function startProcess(checkpoint?: Checkpoint) {
  const clock = new MovableClock(Date.UTC(2026, 0, 1));
  const store = new LmdbEngine(join(directory, 'store'), { durable: false });
  const workflows = new Workflows({ store, clock, log: silent }, checkpoint);
  const disks = new FileDisks(join(directory, 'disks'));
  const [ids, tags, images] = [new Ids(), new Tags(store), new OwnImages(store)];
  const volumes = new Volumes(store, new Instances(store, clock, tags), tags);
  const records = new Snapshots(store);
  const common = { store, clock, ids, tags, workflows, disks };
  const snapshots = new SnapshotOrders({
    ...{ ...common, driver: new MockDriver({ clock }), volumes },
    snapshots: records,
  });
  const orders = new ImportOrders({ ...common, images, snapshots });
  workflows.register(orders.workflow);
  await workflows.resume();
  return {
    orders,
    workflows,
    async found() {
      const { state } = await orders.imageTasks.find(place, id);
      const made = [...(await images.own(place)), ...(await records.usable(place))];
      return [state, ...made.map((each) => each.id), ...(await disks.list())];
    },
    async close() {
      await workflows.close();
      await store.close();
    },
  };
}

const [imageId, snapshotId] = ['ami-00000000000000001', 'snap-00000000000000001'];
const places = ['read disks', 'record completed'].flatMap((step) =>
  (['before', 'done', 'recorded'] as const).map((when) => [step, when] as const),
);

test.each(places)('an import that is cut off at "%s", %s, is completed', async (step, when) => {
  let reached = false;
  const killed = await startProcess((_, at, moment) => {
    if (at !== step || moment !== when) return;
    reached = true;
    throw new Killed();
  });
  await killed.orders.create(task, {}, {});
  await killed.workflows.settled();
  await killed.close();
  expect(reached).toBe(true);
  const next = await startProcess();
  await next.workflows.settled();
  expect(await next.found()).toEqual(['completed', imageId, snapshotId, snapshotId]);
  await next.close();
});

test('nothing is left of one whose file has gone meanwhile', async () => {
  const killed = await startProcess((_, at) => {
    if (at === 'read disks') throw new Killed();
  });
  await killed.orders.create(task, {}, {});
  await killed.workflows.settled();
  await killed.close();
  rmSync(task.disks[0]!.file!.path);
  const next = await startProcess();
  await next.workflows.settled();
  expect(await next.found()).toEqual(['deleted']);
  await next.close();
});
