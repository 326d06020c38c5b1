import type { Disks } from '../../../../compute/disks.ts';
import type { Driver } from '../../../../compute/driver.ts';
import type { Workflow } from '../../../../workflows/workflows.ts';
import type { Machines } from '../machines/machines.ts';
import type { VolumeAttachments } from './attachments.ts';
import type { VolumeRef } from './volume.ts';
import type { Volumes } from './volumes.ts';

interface Parts {
  readonly volumes: Volumes;
  readonly attachments: VolumeAttachments;
  readonly machines: Machines;
  readonly driver: Driver;
  readonly disks: Disks;
}

/**
 * Gives stopped instances their root volumes and takes them. A machine has its root disk in itself, so
 * that one is copied out of it, and the machine goes; one that gets a root disk is made around a copy.
 */
export class RootVolumes {
  readonly attaching: Workflow<VolumeRef>;
  readonly detaching: Workflow<VolumeRef>;
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.attaching = {
      name: 'ec2:AttachRootVolume',
      steps: [
        {
          name: 'make machine',
          run: (ref) => this.#makeMachine(ref),
          undo: (ref) => parts.attachments.detachedRoot(ref),
        },
        { name: 'record attached', run: (ref) => this.#recordAttached(ref) },
        { name: 'remove copy', run: (ref) => this.#removeCopy(ref) },
      ],
    };
    this.detaching = {
      name: 'ec2:DetachRootVolume',
      steps: [
        {
          name: 'copy disk',
          run: (ref) => this.#copyDisk(ref),
          undo: (ref) => this.#recordAttached(ref),
        },
        { name: 'remove machine', run: (ref) => this.#removeMachine(ref) },
        { name: 'record available', run: (ref) => parts.attachments.detachedRoot(ref) },
      ],
    };
  }

  get workflows(): readonly Workflow<VolumeRef>[] {
    return [this.attaching, this.detaching];
  }

  async #makeMachine(ref: VolumeRef): Promise<void> {
    await this.#whileRoot(ref, 'attaching', (instance) =>
      this.#parts.machines.remake(instance, { rootDisk: ref.id }),
    );
  }

  async #recordAttached(ref: VolumeRef): Promise<void> {
    await this.#parts.volumes.change(ref, (volume) =>
      volume?.attachment?.isRoot
        ? { ...volume, attachment: { ...volume.attachment, state: 'attached' } }
        : volume,
    );
  }

  async #removeCopy(ref: VolumeRef): Promise<void> {
    const { machines, disks } = this.#parts;
    await this.#whileRoot(ref, 'attached', (instance) =>
      // It stays where the instance has been terminated meanwhile, as the volume's own.
      machines.inTurn(instance, () => this.#whileRoot(ref, 'attached', () => disks.remove(ref.id))),
    );
  }

  async #copyDisk(ref: VolumeRef): Promise<void> {
    const { machines, attachments } = this.#parts;
    await this.#whileRoot(ref, 'detaching', (instance) =>
      machines.inTurn(instance, async () => {
        await attachments.takeRootDisk(instance, ref.id);
      }),
    );
  }

  async #removeMachine(ref: VolumeRef): Promise<void> {
    const { machines, driver } = this.#parts;
    await this.#whileRoot(ref, 'detaching', (instance) =>
      machines.inTurn(instance, () => driver.destroy(instance.id)),
    );
  }

  /** Does something while the volume is an instance's root volume in this state; nothing otherwise. */
  async #whileRoot(
    ref: VolumeRef,
    state: 'attaching' | 'attached' | 'detaching',
    work: (instance: VolumeRef) => Promise<void>,
  ): Promise<void> {
    const { attachment } = (await this.#parts.volumes.get(ref)) ?? {};
    if (!attachment?.isRoot || attachment.state !== state) return;
    await work({ ...ref, id: attachment.instanceId });
  }
}
