import type { Engine, Write } from '../../../../storage/engine.ts';
import { clear, Records, set, transact, type Slot } from '../../../../storage/records.ts';
import type { AttachedVolume, Instance } from '../instances/instance.ts';
import type { Instances } from '../instances/instances.ts';
import type { Place } from '../place.ts';
import { checkIds, kinds } from '../resource-kinds.ts';
import type { Tags } from '../tags.ts';
import { rootVolumeOf, withRootVolume } from './root-volume.ts';
import type { Attachment, Volume, VolumeRef } from './volume.ts';

/**
 * What a volume is from now on; undefined for one that is gone, itself for no change.
 *
 * @param instance that it is attached to, or is to be
 */
export type VolumeChange<Next extends Volume | undefined = Volume | undefined> = (
  volume: Volume | undefined,
  instance: Instance | undefined,
) => Next;

const STALE: unique symbol = Symbol('the volume has been attached elsewhere');

/**
 * The volumes of a cloud. A root volume is recorded with its instance, any other on its own, and its
 * instance knows of it: each change writes both.
 */
export class Volumes {
  readonly #store: Engine;
  readonly #instances: Instances;
  readonly #tags: Tags;
  readonly #records: Records<Volume>;

  constructor(store: Engine, instances: Instances, tags: Tags) {
    this.#store = store;
    this.#instances = instances;
    this.#tags = tags;
    this.#records = new Records(store, 'ec2', 'volume');
  }

  /** The write that records a new volume, of which its instance is told by another. */
  add(volume: Volume): Write {
    return set(this.#at(volume), volume);
  }

  async get(ref: VolumeRef): Promise<Volume | undefined> {
    const { account, region, id } = ref;
    const own = await this.#records.get(account, region, id);
    return own ?? (await this.#roots(ref)).find((root) => root.id === id);
  }

  async list(place: Place): Promise<readonly Volume[]> {
    const { account, region } = place;
    return [...(await this.#roots(place)), ...(await this.#records.list(account, region))];
  }

  /**
   * Changes a volume, and what its instance knows of it, in one durable step. Resolves to the volume as
   * it is afterwards.
   *
   * @param instanceId which instance it is to be attached to, where it is not yet
   * @param further what is written along with a change
   * @throws what `change` throws
   */
  async change(
    ref: VolumeRef,
    change: VolumeChange,
    {
      instanceId,
      further = () => [],
    }: {
      readonly instanceId?: string | undefined;
      readonly further?: (volume: Volume | undefined) => readonly Write[];
    } = {},
  ): Promise<Volume | undefined> {
    for (;;) {
      const holder = (await this.get(ref))?.attachment?.instanceId ?? instanceId;
      const slot = this.#at(ref);
      const holderSlot = this.#instances.at({ ...ref, id: holder ?? '' });
      const done = await transact<
        readonly [typeof slot, typeof holderSlot],
        Volume | undefined | typeof STALE
      >(this.#store, [slot, holderSlot], (own, instance) => {
        const volume = own ?? (instance && rootOf(instance, ref.id));
        if ((volume?.attachment?.instanceId ?? instanceId) !== holder) {
          return { writes: [], result: STALE };
        }
        const after = change(volume, instance);
        if (after === volume) return { writes: [], result: volume };
        const isOwn = after && !after.attachment?.isRoot;
        const writes = [
          isOwn ? set(slot, after) : clear(slot),
          ...(after ? [] : [this.#tags.remove(ref, ref.id)]),
          ...(instance ? [set(holderSlot, withVolume(instance, ref.id, after))] : []),
          ...further(after),
        ];
        return { writes, result: after };
      });
      if (done !== STALE) return done;
    }
  }

  async #roots(place: Place): Promise<Volume[]> {
    const instances = await this.#instances.list(place);
    return instances.flatMap((instance) => rootVolumeOf(instance) ?? []);
  }

  #at({ account, region, id }: VolumeRef): Slot<Volume> {
    return this.#records.at(account, region, id);
  }
}

/** @throws InvalidVolumeID.Malformed, InvalidVolume.NotFound */
export function thereIs(volume: Volume | undefined, id: string): Volume {
  checkIds(kinds.volume, [id]);
  if (!volume) throw kinds.volume.notFound([id]);
  return volume;
}

function rootOf(instance: Instance, id: string): Volume | undefined {
  const root = rootVolumeOf(instance);
  return root?.id === id ? root : undefined;
}

function withVolume(instance: Instance, id: string, volume: Volume | undefined): Instance {
  const { attached = [], ...alone } = withRootVolume(instance, id, volume);
  const others = attached.filter((each) => each.volumeId !== id);
  const { attachment } = volume ?? {};
  const all = attachment && !attachment.isRoot ? [...others, attachedAs(id, attachment)] : others;
  return all.length > 0 ? { ...alone, attached: all } : alone;
}

function attachedAs(volumeId: string, attachment: Attachment): AttachedVolume {
  const { instanceId: _instance, isRoot: _root, ...known } = attachment;
  return { volumeId, ...known };
}
