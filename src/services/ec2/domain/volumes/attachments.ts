import type { Compute } from '../../../../compute/compute.ts';
import { MachineMissing } from '../../../../compute/machine-missing.ts';
import type { Clock } from '../../../../kernel/clock.ts';
import type { Ids } from '../../../../kernel/ids.ts';
import type { Workflow, Workflows } from '../../../../workflows/workflows.ts';
import type { Instance } from '../instances/instance.ts';
import { kinds } from '../resource-kinds.ts';
import { systemOf } from '../snapshots/snapshot.ts';
import type { Tags } from '../tags.ts';
import { outlasts } from './root-volume.ts';
import { refOf, type Volume, type VolumeRef } from './volume.ts';
import type { VolumeChange, Volumes } from './volumes.ts';

interface Parts {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly volumes: Volumes;
  readonly tags: Tags;
  readonly workflows: Workflows;
  readonly compute: Pick<Compute, 'driver' | 'disks' | 'of'>;
}

interface OrderDetails {
  /** Which instance a volume is to be attached to, where it is not yet. */
  readonly instanceId?: string;
  /** What a volume that is made is tagged with. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Brings disks and machines in line with what is recorded of volumes, but for moves of root volumes. */
export class VolumeAttachments {
  readonly creation: Workflow<VolumeRef>;
  readonly attaching: Workflow<VolumeRef>;
  readonly detaching: Workflow<VolumeRef>;
  readonly growing: Workflow<VolumeRef>;
  readonly deletion: Workflow<VolumeRef>;
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
    const { disks } = parts.compute;
    this.creation = {
      name: 'ec2:CreateVolume',
      steps: [
        { name: 'make disk', run: (ref) => this.#makeDisk(ref), undo: (ref) => this.#forget(ref) },
        {
          name: 'record available',
          run: (ref) => this.#recordAvailable(ref),
        },
      ],
    };
    this.attaching = {
      name: 'ec2:AttachVolume',
      steps: [
        { name: 'plug', run: (ref) => this.#plug(ref), undo: (ref) => this.#unplug(ref) },
        { name: 'record attached', run: (ref) => this.#recordAttached(ref) },
      ],
    };
    this.detaching = {
      name: 'ec2:DetachVolume',
      steps: [{ name: 'unplug', run: (ref) => this.#unplug(ref) }],
    };
    this.growing = {
      name: 'ec2:ModifyVolume',
      steps: [{ name: 'grow', run: (ref) => this.#grow(ref) }],
    };
    this.deletion = {
      name: 'ec2:DeleteVolume',
      steps: [
        { name: 'remove disk', run: ({ id }) => disks.remove(id) },
        { name: 'forget', run: (ref) => this.#forget(ref) },
      ],
    };
  }

  /** All that may have to be taken up at a start. */
  get workflows(): readonly Workflow<VolumeRef>[] {
    return [this.creation, this.attaching, this.detaching, this.growing, this.deletion];
  }

  /**
   * Changes a volume and orders what that takes.
   *
   * @throws what `change` throws
   */
  async order(
    ref: VolumeRef,
    workflow: Workflow<VolumeRef>,
    change: VolumeChange<Volume>,
    { instanceId, tags = {} }: OrderDetails = {},
  ): Promise<Volume> {
    const { ids, workflows, volumes } = this.#parts;
    const id = ids.uuid();
    const changed = await volumes.change(ref, change, {
      instanceId,
      further: () => [
        workflows.order(workflow, id, refOf(ref)),
        ...this.#parts.tags.put(ref, kinds.volume, ref.id, tags),
      ],
    });
    workflows.start(workflow, id);
    return changed!;
  }

  /** Makes the disks of an instance that is being launched. */
  async makeDisksOf({ account, region, attached = [] }: Instance): Promise<void> {
    for (const { volumeId: id } of attached) await this.#makeDisk({ account, region, id });
  }

  /** Its volumes are attached now that it runs. */
  async launched({ account, region, attached = [] }: Instance): Promise<void> {
    for (const { volumeId: id } of attached) await this.#recordAttached({ account, region, id });
  }

  /** Lets go of the volumes of an instance whose machine is gone: some go with it. */
  async release({ account, region, id: instanceId, attached = [] }: Instance): Promise<void> {
    const { ids, workflows, volumes } = this.#parts;
    for (const { volumeId: id } of attached) {
      const ref = { account, region, id };
      const orderId = ids.uuid();
      const released = await volumes.change(
        ref,
        (volume) => {
          if (volume?.attachment?.instanceId !== instanceId) return volume;
          const { attachment, ...alone } = volume;
          return { ...alone, state: attachment.deleteOnTermination ? 'deleting' : 'available' };
        },
        {
          further: (volume) =>
            volume?.state === 'deleting' ? [workflows.order(this.deletion, orderId, ref)] : [],
        },
      );
      if (released?.state === 'deleting') workflows.start(this.deletion, orderId);
    }
  }

  /** Makes what is on the root volume of an instance that is off the volume's own, if it is to outlast it. */
  async keepRoot(instance: Instance): Promise<void> {
    const [root] = instance.volumes;
    if (!root || !outlasts(root)) return;
    const { account, region } = instance;
    if (await this.takeRootDisk(instance, root.id))
      await this.detachedRoot({ account, region, id: root.id });
  }

  /** Copies the root disk of an instance that is off into the volume's own, unless that is there. */
  async takeRootDisk({ id: machine }: { readonly id: string }, volumeId: string): Promise<boolean> {
    const { driver, disks } = this.#parts.compute;
    if (!driver.copyDisk) throw new Error(`The driver ${driver.name} copies no disks.`);
    try {
      await driver.copyDisk(machine, undefined, volumeId);
      return true;
    } catch (error) {
      ifMachineThere(error);
      return (await disks.list()).includes(volumeId);
    }
  }

  /** A root volume is one for itself from now on. */
  async detachedRoot(ref: VolumeRef): Promise<void> {
    const { volumes, compute } = this.#parts;
    await volumes.change(ref, (volume, instance) => {
      if (!volume?.attachment?.isRoot || !instance) return volume;
      const { attachment: _, ...alone } = volume;
      const { rootCopies } = compute.of(instance.driver);
      const system = rootCopies && systemOf(instance, rootCopies);
      return { ...alone, ...(system && { system }), state: 'available' };
    });
  }

  async #makeDisk(ref: VolumeRef): Promise<void> {
    const volume = await this.#parts.volumes.get(ref);
    if (volume) await this.#parts.compute.disks.create(volume.id, volume.gib, volume.snapshotId);
  }

  async #recordAvailable(ref: VolumeRef): Promise<void> {
    await this.#parts.volumes.change(ref, (volume) =>
      volume?.state === 'creating' ? { ...volume, state: 'available' } : volume,
    );
  }

  async #plug(ref: VolumeRef): Promise<void> {
    const { attachment } = (await this.#parts.volumes.get(ref)) ?? {};
    if (attachment?.state !== 'attaching') return;
    const { instanceId, device } = attachment;
    // One without a root disk has no machine: it gets its disks with that.
    await this.#parts.compute.driver
      .attach(instanceId, { id: ref.id, device })
      .catch(ifMachineThere);
  }

  async #recordAttached(ref: VolumeRef): Promise<void> {
    await this.#parts.volumes.change(ref, (volume) =>
      volume?.attachment?.state === 'attaching'
        ? { ...volume, attachment: { ...volume.attachment, state: 'attached' } }
        : volume,
    );
  }

  async #unplug(ref: VolumeRef): Promise<void> {
    const { attachment } = (await this.#parts.volumes.get(ref)) ?? {};
    if (!attachment || attachment.state === 'attached') return;
    const { instanceId } = attachment;
    await this.#parts.compute.driver.detach(instanceId, ref.id).catch(ifMachineThere);
    await this.#parts.volumes.change(ref, (volume) => {
      if (volume?.attachment?.instanceId !== instanceId) return volume;
      const { attachment: _, ...alone } = volume;
      return { ...alone, state: 'available' };
    });
  }

  async #grow(ref: VolumeRef): Promise<void> {
    const { volumes, clock, compute } = this.#parts;
    const { disks, driver } = compute;
    const volume = await volumes.get(ref);
    if (!volume) return;
    const { attachment, gib } = volume;
    if (attachment?.isRoot) {
      await driver.growRoot(attachment.instanceId, gib).catch(ifMachineThere);
    } else {
      await disks.resize(ref.id, gib);
      if (attachment) await driver.grow(attachment.instanceId, ref.id).catch(ifMachineThere);
    }
    await volumes.change(ref, (now) =>
      now?.modification
        ? {
            ...now,
            modification: { ...now.modification, state: 'completed', endedAtMs: clock.now() },
          }
        : now,
    );
  }

  async #forget(ref: VolumeRef): Promise<void> {
    await this.#parts.volumes.change(ref, () => undefined);
  }
}

/** A machine that is gone has let go of its disks. */
function ifMachineThere(error: unknown): void {
  if (!(error instanceof MachineMissing)) throw error;
}
