import type { Ids } from '../../../../kernel/ids.ts';
import type { Engine } from '../../../../storage/engine.ts';
import { clear, set, transact } from '../../../../storage/records.ts';
import type { Workflow, Workflows } from '../../../../workflows/workflows.ts';
import { imageNameTaken } from '../../snapshot-errors.ts';
import type { Instance, InstanceRef } from '../instances/instance.ts';
import type { Instances } from '../instances/instances.ts';
import type { Machines } from '../machines/machines.ts';
import { kinds } from '../resource-kinds.ts';
import type { NewSnapshot, SnapshotOrders } from '../snapshots/snapshot-orders.ts';
import type { Tags } from '../tags.ts';
import { refOf, type ImageRef, type OwnImage } from './own-image.ts';
import type { OwnImages } from './own-images.ts';

interface Parts {
  readonly store: Engine;
  readonly ids: Ids;
  readonly tags: Tags;
  readonly workflows: Workflows;
  readonly instances: Instances;
  readonly machines: Machines;
  readonly images: OwnImages;
  readonly snapshots: SnapshotOrders;
}

/** An image whose snapshots are still to be made. */
interface ImageOrder {
  readonly image: ImageRef;
  readonly snapshotIds: readonly string[];
  /** The instance that is switched off meanwhile. */
  readonly off?: InstanceRef;
}

/** Makes images and lets go of them. */
export class ImageOrders {
  readonly creation: Workflow<ImageOrder>;
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.creation = {
      name: 'ec2:CreateImage',
      steps: [
        {
          name: 'switch off',
          run: ({ off }) => parts.machines.switchOffFor(off),
          undo: ({ image, off }) => parts.machines.switchOnAfter(off, image.id),
        },
        {
          name: 'copy disks',
          run: (order) => this.#copy(order),
          undo: (order, { message }) => this.#failed(order, message),
        },
        { name: 'switch on', run: ({ image, off }) => parts.machines.switchOnAfter(off, image.id) },
        { name: 'record available', run: (order) => this.#available(order) },
      ],
    };
  }

  /**
   * Makes an image, with its snapshots in the background where it has new ones.
   *
   * @param off the instance that is to be switched off while its disks are copied
   * @throws InvalidAMIName.Duplicate
   */
  async create(
    image: OwnImage,
    tags: Readonly<Record<string, string>>,
    made: readonly NewSnapshot[] = [],
    off?: InstanceRef,
  ): Promise<void> {
    const { store, ids, workflows, instances, images, snapshots } = this.#parts;
    const named = (await images.own(image)).find(({ name }) => name === image.name);
    if (named) throw imageNameTaken(image.name, named.id);
    const orderId = ids.uuid();
    const snapshotIds = made.map(({ snapshot }) => snapshot.id);
    const order = { image: refOf(image), snapshotIds, ...(off && { off }) };
    const slots = off ? [instances.at(off)] : [];
    await transact(store, slots, (instance) => ({
      writes: [
        set(images.at(image), image),
        ...(instance?.state === 'running' ? [set(slots[0]!, offFor(instance, image.id))] : []),
        ...this.#parts.tags.put(image, kinds.image, image.id, tags),
        ...snapshots.record(made),
        ...(image.state === 'pending' ? [workflows.order(this.creation, orderId, order)] : []),
      ],
      result: undefined,
    }));
    if (image.state === 'pending') workflows.start(this.creation, orderId);
  }

  /** Forgets an image; its snapshots stay. */
  async deregister(image: OwnImage): Promise<void> {
    const { store, images, tags } = this.#parts;
    await transact(store, [], () => ({
      writes: [clear(images.at(image)), tags.remove(image, image.id)],
      result: undefined,
    }));
  }

  async #copy({ image, snapshotIds, off }: ImageOrder): Promise<void> {
    const { machines, snapshots } = this.#parts;
    const copy = async (): Promise<void> => {
      for (const id of snapshotIds) await snapshots.copy({ ...image, id });
    };
    // Nobody starts it meanwhile.
    await (off ? machines.inTurn(off, copy) : copy());
  }

  async #available({ image, snapshotIds }: ImageOrder): Promise<void> {
    for (const id of snapshotIds) await this.#parts.snapshots.completed({ ...image, id });
    await this.#end(image, { state: 'available' });
  }

  async #failed({ image, snapshotIds }: ImageOrder, why: string): Promise<void> {
    for (const id of snapshotIds) await this.#parts.snapshots.failed({ ...image, id }, why);
    await this.#end(image, { state: 'failed', stateReason: why });
  }

  async #end(ref: ImageRef, change: Partial<OwnImage>): Promise<void> {
    const slot = this.#parts.images.at(ref);
    await transact(this.#parts.store, [slot], (now) => ({
      writes: now?.state === 'pending' ? [set(slot, { ...now, ...change })] : [],
      result: undefined,
    }));
  }
}

/** An instance that goes on being `running` while its machine is off for an image. */
function offFor(instance: Instance, imageId: string): Instance {
  return { ...instance, offFor: [...(instance.offFor ?? []), imageId] };
}
