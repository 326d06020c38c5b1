import type { Disks } from '../../../../compute/disks.ts';
import type { Driver } from '../../../../compute/driver.ts';
import { MachineMissing } from '../../../../compute/machine-missing.ts';
import type { Clock } from '../../../../kernel/clock.ts';
import type { Ids } from '../../../../kernel/ids.ts';
import type { Engine, Write } from '../../../../storage/engine.ts';
import { clear, set, transact } from '../../../../storage/records.ts';
import type { Workflow, Workflows } from '../../../../workflows/workflows.ts';
import { snapshotIsLocked } from '../../snapshot-errors.ts';
import { kinds } from '../resource-kinds.ts';
import type { Tags } from '../tags.ts';
import type { Volumes } from '../volumes/volumes.ts';
import { isLocked } from './lock.ts';
import { refOf, type Snapshot, type SnapshotRef } from './snapshot.ts';
import type { Snapshots } from './snapshots.ts';

interface Parts {
  readonly store: Engine;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly tags: Tags;
  readonly workflows: Workflows;
  readonly driver: Driver;
  readonly disks: Disks;
  readonly volumes: Volumes;
  readonly snapshots: Snapshots;
}

/** A snapshot that is to be made, with its tags. */
export interface NewSnapshot {
  readonly snapshot: Snapshot;
  readonly tags: Readonly<Record<string, string>>;
}

/** Takes the bytes of snapshots, and removes them. */
export class SnapshotOrders {
  readonly creation: Workflow<SnapshotRef>;
  readonly deletion: Workflow<SnapshotRef>;
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.creation = {
      name: 'ec2:CreateSnapshot',
      steps: [
        {
          name: 'copy disk',
          run: (ref) => this.copy(ref),
          undo: (ref, { message }) => this.failed(ref, message),
        },
        { name: 'record completed', run: (ref) => this.completed(ref) },
      ],
    };
    this.deletion = {
      name: 'ec2:DeleteSnapshot',
      steps: [
        { name: 'remove disk', run: ({ id }) => parts.disks.remove(id) },
        { name: 'forget', run: (ref) => this.#forget(ref) },
      ],
    };
  }

  get workflows(): readonly Workflow<SnapshotRef>[] {
    return [this.creation, this.deletion];
  }

  /** The writes that record snapshots, whose bytes somebody is to copy. */
  record(made: readonly NewSnapshot[]): Write[] {
    const { snapshots, tags } = this.#parts;
    return made.flatMap(({ snapshot, tags: given }) => [
      set(snapshots.at(snapshot), snapshot),
      ...tags.put(snapshot, kinds.snapshot, snapshot.id, given),
    ]);
  }

  /** Makes snapshots in the background, all of them or none. */
  async create(made: readonly NewSnapshot[]): Promise<void> {
    const { store, ids, workflows } = this.#parts;
    const orders = made.map(({ snapshot }) => ({ snapshot, orderId: ids.uuid() }));
    await transact(store, [], () => ({
      writes: [
        ...this.record(made),
        ...orders.map(({ snapshot, orderId }) =>
          workflows.order(this.creation, orderId, refOf(snapshot)),
        ),
      ],
      result: undefined,
    }));
    for (const { orderId } of orders) workflows.start(this.creation, orderId);
  }

  /**
   * Removes one, which from now on nobody finds.
   *
   * @throws InvalidSnapshot.NotFound, OperationNotPermitted
   */
  async delete(ref: SnapshotRef): Promise<void> {
    const { store, clock, ids, workflows, snapshots } = this.#parts;
    const orderId = ids.uuid();
    const slot = snapshots.at(ref);
    await transact(store, [slot], (now) => {
      if (!now || now.state === 'deleting') throw kinds.snapshot.notFound([ref.id]);
      if (isLocked(now, clock.now())) throw snapshotIsLocked(ref.id);
      const writes = [
        set<Snapshot>(slot, { ...now, state: 'deleting' }),
        workflows.order(this.deletion, orderId, refOf(ref)),
      ];
      return { writes, result: undefined };
    });
    workflows.start(this.deletion, orderId);
  }

  /** Takes the bytes. */
  async copy(ref: SnapshotRef): Promise<void> {
    const { snapshots, volumes, driver, disks } = this.#parts;
    const snapshot = await snapshots.get(ref);
    if (snapshot?.state !== 'pending') return;
    const { id, gib, source } = snapshot;
    if (source.kind === 'volume') {
      const { attachment } = (await volumes.get({ ...ref, id: source.id })) ?? {};
      if (attachment && driver.copyDisk) {
        const { instanceId, isRoot } = attachment;
        try {
          return await driver.copyDisk(instanceId, isRoot ? undefined : source.id, id);
        } catch (error) {
          // A machine that is gone has let go of its disks.
          if (!(error instanceof MachineMissing)) throw error;
        }
      }
    }
    await disks.create(id, gib, source.id);
  }

  async completed(ref: SnapshotRef): Promise<void> {
    const completedAtMs = this.#parts.clock.now();
    await this.#change(ref, (now) => ({ ...now, state: 'completed', completedAtMs }));
  }

  /** Nothing of it is kept but why there is nothing. */
  async failed(ref: SnapshotRef, why: string): Promise<void> {
    await this.#parts.disks.remove(ref.id);
    await this.#change(ref, (now) => ({ ...now, state: 'error', stateMessage: why }));
  }

  async #change(ref: SnapshotRef, change: (pending: Snapshot) => Snapshot): Promise<void> {
    const slot = this.#parts.snapshots.at(ref);
    await transact(this.#parts.store, [slot], (now) => ({
      writes: now?.state === 'pending' ? [set(slot, change(now))] : [],
      result: undefined,
    }));
  }

  async #forget(ref: SnapshotRef): Promise<void> {
    const { store, snapshots, tags } = this.#parts;
    const slot = snapshots.at(ref);
    await transact(store, [slot], () => ({
      writes: [clear(slot), tags.remove(ref, ref.id)],
      result: undefined,
    }));
  }
}
