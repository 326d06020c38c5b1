import type { Disks } from '../../../../compute/disks.ts';
import type { Clock } from '../../../../kernel/clock.ts';
import type { Ids } from '../../../../kernel/ids.ts';
import type { Engine, Write } from '../../../../storage/engine.ts';
import { set, transact } from '../../../../storage/records.ts';
import type { Workflow, Workflows } from '../../../../workflows/workflows.ts';
import { importEnded } from '../../import-errors.ts';
import type { Repeatable } from '../client-token.ts';
import type { OwnImages } from '../images/own-images.ts';
import { Inventory } from '../inventory.ts';
import type { Place } from '../place.ts';
import { checkIds, kinds, type ResourceKind } from '../resource-kinds.ts';
import type { SnapshotOrders } from '../snapshots/snapshot-orders.ts';
import type { Tags } from '../tags.ts';
import type { ImportTask } from './import-task.ts';
import { imageOf, snapshotsOf } from './imported.ts';

interface Parts {
  readonly store: Engine;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly tags: Tags;
  readonly workflows: Workflows;
  readonly disks: Disks;
  readonly images: OwnImages;
  readonly snapshots: SnapshotOrders;
}

interface TaskRef extends Place {
  readonly id: string;
}

/** Reads disks of files, and makes snapshots and images of them. */
export class ImportOrders {
  readonly imageTasks: Inventory<ImportTask>;
  readonly snapshotTasks: Inventory<ImportTask>;
  readonly workflow: Workflow<TaskRef>;
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
    const { store, tags } = parts;
    const inventory = (kind: ResourceKind) =>
      new Inventory<ImportTask>(store, tags, { kind, id: ({ id }) => id });
    this.imageTasks = inventory(kinds.importImageTask);
    this.snapshotTasks = inventory(kinds.importSnapshotTask);
    this.workflow = {
      name: 'ec2:Import',
      steps: [
        {
          name: 'read disks',
          run: (ref) => this.#read(ref),
          undo: (ref, { message }) => this.#failed(ref, message),
        },
        { name: 'record completed', run: (ref) => this.#completed(ref) },
      ],
    };
  }

  /**
   * Takes a task on, or finds that of an earlier request with the same token.
   *
   * @throws IdempotentParameterMismatch
   */
  async create(
    task: ImportTask,
    request: Repeatable,
    tags: Readonly<Record<string, string>>,
  ): Promise<ImportTask> {
    const { workflows } = this.#parts;
    const { account, region, id } = task;
    const order = workflows.order(this.workflow, id, { account, region, id });
    const [standing] = await this.#tasks(id).create(task, request, [task], tags, [order]);
    workflows.start(this.workflow, standing!.id);
    return standing!;
  }

  /**
   * Ends one that is still under way: what it has made is removed.
   *
   * @throws InvalidConversionTaskId.Malformed, IncorrectState
   */
  cancel(place: Place, id: string, why: string): Promise<ImportTask> {
    const tasks = this.#tasks(id);
    checkIds(tasks.kind, [id]);
    return tasks.update(place, id, (task) => {
      if (task.state !== 'active') throw importEnded(id, task.state);
      return { ...task, state: 'deleting', why };
    });
  }

  async #read(ref: TaskRef): Promise<void> {
    const task = await this.#tasks(ref.id).get(ref, ref.id);
    if (task?.state !== 'active') return;
    for (const { file, gib, snapshotId } of task.disks) {
      if (file) await this.#parts.disks.read(snapshotId, gib, file);
    }
  }

  async #completed(ref: TaskRef): Promise<void> {
    const { store, clock, snapshots, images } = this.#parts;
    const slot = this.#tasks(ref.id).at(ref, ref.id);
    await transact(store, [slot], (task) => {
      if (!task || task.state === 'completed') return { writes: [], result: undefined };
      if (task.state !== 'active') throw new Error(`${ref.id} was cancelled.`);
      const made = snapshotsOf(task, clock.now());
      const image = imageOf(task, clock.now());
      const writes: Write[] = [
        set<ImportTask>(slot, { ...task, state: 'completed' }),
        ...snapshots.record(made.map((snapshot) => ({ snapshot, tags: {} }))),
        ...(image ? [set(images.at(image), image)] : []),
      ];
      return { writes, result: undefined };
    });
  }

  /** Of a task that failed or was cancelled nothing is left but the reason. */
  async #failed(ref: TaskRef, message: string): Promise<void> {
    const task = await this.#tasks(ref.id).get(ref, ref.id);
    for (const { file, snapshotId } of task?.disks ?? []) {
      if (file) await this.#parts.disks.remove(snapshotId);
    }
    await this.#tasks(ref.id).update(ref, ref.id, (now) => ({
      ...now,
      state: 'deleted',
      why: now.why ?? `ClientError: Disk validation failed [${message}]`,
    }));
  }

  #tasks(id: string): Inventory<ImportTask> {
    return id.startsWith(`${kinds.importSnapshotTask.prefix}-`)
      ? this.snapshotTasks
      : this.imageTasks;
  }
}
