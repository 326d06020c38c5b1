import type { Disks } from '../../../../compute/disks.ts';
import type { Driver } from '../../../../compute/driver.ts';
import { MachineMissing } from '../../../../compute/machine-missing.ts';
import type { Clock } from '../../../../kernel/clock.ts';
import type { Ids } from '../../../../kernel/ids.ts';
import type { Engine, Write } from '../../../../storage/engine.ts';
import { clear, set, transact } from '../../../../storage/records.ts';
import type { Workflow, Workflows } from '../../../../workflows/workflows.ts';
import type { Instance } from '../instances/instance.ts';
import type { Instances } from '../instances/instances.ts';
import { kinds } from '../resource-kinds.ts';
import type { Tags } from '../tags.ts';
import { refOf, type Attachment, type Volume, type VolumeRef } from './volume.ts';
import type { Volumes } from './volumes.ts';

interface Parts {
  readonly store: Engine;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly volumes: Volumes;
  readonly instances: Instances;
  readonly tags: Tags;
  readonly workflows: Workflows;
  readonly driver: Driver;
  readonly disks: Disks;
}

interface OrderDetails {
  /** Which instance a volume is to be attached to, where it is not yet. */
  readonly instanceId?: string;
  /** What a volume that is made is tagged with. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** What a volume is from now on; undefined for one that is gone, itself for no change. */
type Change = (volume: Volume | undefined, instance: Instance | undefined) => Volume | undefined;

const STALE: unique symbol = Symbol('the volume has been attached elsewhere');

/**
 * Brings disks and machines in line with what is recorded of volumes. A volume and its instance tell
 * of their attachment alike, as each change of it writes both.
 */
export class VolumeAttachments {
  readonly creation: Workflow<VolumeRef>;
  readonly attaching: Workflow<VolumeRef>;
  readonly detaching: Workflow<VolumeRef>;
  readonly growing: Workflow<VolumeRef>;
  readonly deletion: Workflow<VolumeRef>;
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
    const { disks } = parts;
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
    change: (volume: Volume | undefined, instance: Instance | undefined) => Volume,
    { instanceId, tags = {} }: OrderDetails = {},
  ): Promise<Volume> {
    const { ids, workflows } = this.#parts;
    const id = ids.uuid();
    const changed = await this.#change(ref, change, {
      ...(instanceId !== undefined && { instanceId }),
      orders: () => [
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
    const { ids, workflows } = this.#parts;
    for (const { volumeId: id } of attached) {
      const ref = { account, region, id };
      const orderId = ids.uuid();
      const released = await this.#change(
        ref,
        (volume) => {
          if (volume?.attachment?.instanceId !== instanceId) return volume;
          const { attachment, ...alone } = volume;
          return { ...alone, state: attachment.deleteOnTermination ? 'deleting' : 'available' };
        },
        {
          orders: (volume) =>
            volume?.state === 'deleting' ? [workflows.order(this.deletion, orderId, ref)] : [],
        },
      );
      if (released?.state === 'deleting') workflows.start(this.deletion, orderId);
    }
  }

  async #makeDisk(ref: VolumeRef): Promise<void> {
    const volume = await this.#parts.volumes.get(ref);
    if (volume) await this.#parts.disks.create(volume.id, volume.gib, volume.snapshotId);
  }

  async #recordAvailable(ref: VolumeRef): Promise<void> {
    await this.#change(ref, (volume) =>
      volume?.state === 'creating' ? { ...volume, state: 'available' } : volume,
    );
  }

  async #plug(ref: VolumeRef): Promise<void> {
    const { attachment } = (await this.#parts.volumes.get(ref)) ?? {};
    if (attachment?.state !== 'attaching') return;
    const { instanceId, device } = attachment;
    await this.#parts.driver.attach(instanceId, { id: ref.id, device });
  }

  async #recordAttached(ref: VolumeRef): Promise<void> {
    await this.#change(ref, (volume) =>
      volume?.attachment?.state === 'attaching'
        ? { ...volume, attachment: { ...volume.attachment, state: 'attached' } }
        : volume,
    );
  }

  async #unplug(ref: VolumeRef): Promise<void> {
    const { attachment } = (await this.#parts.volumes.get(ref)) ?? {};
    if (!attachment || attachment.state === 'attached') return;
    const { instanceId } = attachment;
    await this.#parts.driver.detach(instanceId, ref.id).catch(ifMachineThere);
    await this.#change(ref, (volume) => {
      if (volume?.attachment?.instanceId !== instanceId) return volume;
      const { attachment: _, ...alone } = volume;
      return { ...alone, state: 'available' };
    });
  }

  async #grow(ref: VolumeRef): Promise<void> {
    const { volumes, disks, driver, clock } = this.#parts;
    const volume = await volumes.get(ref);
    if (!volume) return;
    await disks.resize(ref.id, volume.gib);
    const { attachment } = volume;
    if (attachment) await driver.grow(attachment.instanceId, ref.id).catch(ifMachineThere);
    await this.#change(ref, (now) =>
      now?.modification
        ? {
            ...now,
            modification: { ...now.modification, state: 'completed', endedAtMs: clock.now() },
          }
        : now,
    );
  }

  async #forget(ref: VolumeRef): Promise<void> {
    await this.#change(ref, () => undefined);
  }

  /** Writes a volume, and what its instance knows of it, as one step. */
  async #change(
    ref: VolumeRef,
    change: Change,
    {
      instanceId,
      orders = () => [],
    }: {
      readonly instanceId?: string;
      readonly orders?: (volume: Volume | undefined) => readonly Write[];
    } = {},
  ): Promise<Volume | undefined> {
    const { store, volumes, instances, tags } = this.#parts;
    for (;;) {
      const before = await volumes.get(ref);
      const holder = before?.attachment?.instanceId ?? instanceId;
      const slot = volumes.at(ref);
      const holderSlot = instances.at({ ...ref, id: holder ?? '' });
      const done = await transact<
        readonly [typeof slot, typeof holderSlot],
        Volume | undefined | typeof STALE
      >(store, [slot, holderSlot], (volume, instance) => {
        if ((volume?.attachment?.instanceId ?? instanceId) !== holder) {
          return { writes: [], result: STALE };
        }
        const next = change(volume, instance);
        if (next === volume) return { writes: [], result: volume };
        const writes = next ? [set(slot, next)] : [clear(slot), tags.remove(ref, ref.id)];
        const known = instance && withAttachment(instance, ref.id, next?.attachment);
        return {
          writes: [...writes, ...(known ? [set(holderSlot, known)] : []), ...orders(next)],
          result: next,
        };
      });
      if (done !== STALE) return done;
    }
  }
}

function withAttachment(
  instance: Instance,
  volumeId: string,
  attachment: Attachment | undefined,
): Instance {
  const { attached = [], ...alone } = instance;
  const others = attached.filter((each) => each.volumeId !== volumeId);
  if (!attachment) return others.length > 0 ? { ...alone, attached: others } : alone;
  const { instanceId: _, ...known } = attachment;
  return { ...alone, attached: [...others, { volumeId, ...known }] };
}

/** A machine that is gone has let go of its disks. */
function ifMachineThere(error: unknown): void {
  if (!(error instanceof MachineMissing)) throw error;
}
