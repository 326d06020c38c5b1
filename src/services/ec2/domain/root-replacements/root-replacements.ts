import type { Disks } from '../../../../compute/disks.ts';
import type { Clock } from '../../../../kernel/clock.ts';
import type { Engine } from '../../../../storage/engine.ts';
import type { Workflow, Workflows } from '../../../../workflows/workflows.ts';
import type { Repeatable } from '../client-token.ts';
import type { Instance, InstanceRef } from '../instances/instance.ts';
import type { Instances } from '../instances/instances.ts';
import { Inventory } from '../inventory.ts';
import type { Machines } from '../machines/machines.ts';
import { kinds } from '../resource-kinds.ts';
import type { Tags } from '../tags.ts';
import type { VolumeAttachments } from '../volumes/attachments.ts';
import type { Volume, VolumeRef } from '../volumes/volume.ts';
import type { Volumes } from '../volumes/volumes.ts';
import type { RootReplacement } from './replacement.ts';

interface Parts {
  readonly store: Engine;
  readonly clock: Clock;
  readonly tags: Tags;
  readonly workflows: Workflows;
  readonly instances: Instances;
  readonly machines: Machines;
  readonly volumes: Volumes;
  readonly attachments: VolumeAttachments;
  readonly disks: Disks;
}

/** Names one task of a cloud. */
type TaskRef = VolumeRef;

/**
 * Has running instances go on with other root volumes: the machine is off while it is made anew, the
 * instance goes on being `running`.
 */
export class RootReplacements {
  readonly tasks: Inventory<RootReplacement>;
  readonly workflow: Workflow<TaskRef>;
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
    const { store, tags, machines } = parts;
    this.tasks = new Inventory<RootReplacement>(store, tags, {
      kind: kinds.replaceRootVolumeTask,
      id: ({ id }) => id,
    });
    this.workflow = {
      name: 'ec2:ReplaceRootVolume',
      steps: [
        {
          name: 'switch off',
          run: this.#doing(async (task, instance) => {
            await this.#begin(task);
            await machines.switchOffFor(instance);
          }),
          undo: (ref, { message }) => this.#failed(ref, message),
        },
        {
          name: 'copy disk',
          run: this.#doing((task, instance) =>
            machines.inTurn(instance, () => this.#copyDisk(task, instance)),
          ),
          undo: this.#doing((task) => this.#removeCopy(task)),
        },
        {
          name: 'make machine',
          run: this.#doing(({ source }, instance) =>
            machines.remake(instance, { imageKey: source.imageKey, rootDisk: source.snapshotId }),
          ),
          undo: this.#doing(({ replacedId }, instance) =>
            machines.remake(instance, { rootDisk: replacedId }),
          ),
        },
        { name: 'exchange volumes', run: this.#doing((task) => this.#exchange(task)) },
        {
          name: 'switch on',
          run: this.#doing((task, instance) => machines.switchOnAfter(instance, task.id)),
        },
        { name: 'record succeeded', run: this.#doing((task) => this.#succeeded(task)) },
      ],
    };
  }

  /**
   * Orders one, or finds the one that an earlier request with the same token ordered.
   *
   * @throws IdempotentParameterMismatch
   */
  async create(
    task: RootReplacement,
    request: Repeatable,
    tags: Readonly<Record<string, string>>,
  ): Promise<RootReplacement> {
    const { workflows } = this.#parts;
    const { account, region, id } = task;
    const order = workflows.order(this.workflow, id, { account, region, id });
    const [made] = await this.tasks.create(task, request, [task], tags, [order]);
    workflows.start(this.workflow, made!.id);
    return made!;
  }

  #doing(work: (task: RootReplacement, instance: InstanceRef) => Promise<void>) {
    return async (ref: TaskRef): Promise<void> => {
      const task = await this.tasks.get(ref, ref.id);
      if (!task) return;
      const { account, region, instanceId: id } = task;
      await work(task, { account, region, id });
    };
  }

  /** From now on its machine is off and the instance `running`. */
  async #begin(task: RootReplacement): Promise<void> {
    const instance = await this.#parts.instances.update({ ...task, id: task.instanceId }, (now) =>
      isReady(now, task) ? withTask(now, task.id) : undefined,
    );
    if (!instance?.offFor?.includes(task.id)) {
      throw new Error(`${task.instanceId} does not run, or has another root volume by now`);
    }
    await this.#record(task, { state: 'in-progress' });
  }

  async #copyDisk({ replacedId }: RootReplacement, instance: InstanceRef): Promise<void> {
    const isThere = await this.#parts.attachments.takeRootDisk(instance, replacedId);
    if (!isThere) throw new Error(`${instance.id} has no root disk any more`);
  }

  /** Unless it is by now what the volume has. */
  async #removeCopy(task: RootReplacement): Promise<void> {
    const { volumes, disks } = this.#parts;
    const replaced = await volumes.get({ ...task, id: task.replacedId });
    if (!replaced || replaced.attachment?.isRoot) await disks.remove(task.replacedId);
  }

  /** Both are the instance's for a moment, so that it never has none. */
  async #exchange(task: RootReplacement): Promise<void> {
    const { instances, volumes, attachments, clock } = this.#parts;
    const { account, region, source, replacedId, volumeId, instanceId } = task;
    const replaced = { account, region, id: replacedId };
    const before = await volumes.get(replaced);
    if (before?.attachment?.instanceId === instanceId) {
      const made = { account, region, id: volumeId };
      const volume = replacementOf(before, task, clock.now());
      await volumes.change(made, () => volume, { instanceId });
      await attachments.detachedRoot(replaced);
    }
    await instances.update({ account, region, id: instanceId }, (now) => {
      const { rootDisk: _, ...kept } = now;
      const { imageKey, snapshotId: rootDisk } = source;
      return task.imageId === undefined
        ? { ...now, imageKey }
        : { ...kept, imageKey, ...(rootDisk !== undefined && { rootDisk }) };
    });
  }

  async #succeeded(task: RootReplacement): Promise<void> {
    const { attachments, volumes, clock } = this.#parts;
    await this.#record(task, { state: 'succeeded', completedAtMs: clock.now() });
    const replaced = await volumes.get({ ...task, id: task.replacedId });
    // With an instance that has been terminated meanwhile it may have gone.
    if (!replaced) await this.#removeCopy(task);
    if (!task.deletesReplaced || replaced?.state !== 'available') return;
    await attachments.order(replaced, attachments.deletion, () => ({
      ...replaced,
      state: 'deleting',
    }));
  }

  async #failed(ref: TaskRef, _why: string): Promise<void> {
    const { machines, clock } = this.#parts;
    await this.#doing(async (task, instance) => {
      await machines.switchOnAfter(instance, task.id);
      await this.#record(task, { state: 'failed', completedAtMs: clock.now() });
    })(ref);
  }

  async #record(task: RootReplacement, change: Partial<RootReplacement>): Promise<void> {
    await this.tasks.update(task, task.id, (now) => ({ ...now, ...change }));
  }
}

function isReady({ state, volumes, offFor }: Instance, task: RootReplacement): boolean {
  if (state !== 'running' || offFor?.includes(task.id)) return false;
  return volumes.some(({ id, moving }) => id === task.replacedId && !moving);
}

function withTask(instance: Instance, taskId: string): Instance {
  return { ...instance, offFor: [...(instance.offFor ?? []), taskId] };
}

/** What takes the place of a root volume: as large and as fast at least. */
function replacementOf(replaced: Volume, task: RootReplacement, nowMs: number): Volume {
  const { snapshotId: _, modification: __, attachment, system: ___, ...kept } = replaced;
  const { volumeId, source } = task;
  return {
    ...kept,
    id: volumeId,
    gib: Math.max(kept.gib, source.gib),
    ...(source.snapshotId !== undefined && { snapshotId: source.snapshotId }),
    createdAtMs: nowMs,
    attachment: { ...attachment!, state: 'attached', atMs: nowMs },
  };
}
