import type { Engine } from '../../../../storage/engine.ts';
import { Records, set, transact, type Slot } from '../../../../storage/records.ts';
import { imageNotOwned } from '../../snapshot-errors.ts';
import type { Place } from '../place.ts';
import { checkIds, kinds } from '../resource-kinds.ts';
import { mayUse } from '../sharing.ts';
import { findImage, imagesIn, type RegionalImage } from './images.ts';
import { wireImage, type ImageRef, type OwnImage } from './own-image.ts';

/** The images of a cloud: those that were made here, and with them the catalogue's. */
export class OwnImages {
  readonly #store: Engine;
  readonly #records: Records<OwnImage>;

  constructor(store: Engine) {
    this.#store = store;
    this.#records = new Records(store, 'ec2', 'image');
  }

  at({ account, region, id }: ImageRef): Slot<OwnImage> {
    return this.#records.at(account, region, id);
  }

  get({ account, region, id }: ImageRef): Promise<OwnImage | undefined> {
    return this.#records.get(account, region, id);
  }

  /** Those that an account owns in a region. */
  own({ account, region }: Place): Promise<readonly OwnImage[]> {
    return this.#records.list(account, region);
  }

  /** Those that were made here and that an account may use in a region, its own and others'. */
  async usable(place: Place): Promise<OwnImage[]> {
    const usable: OwnImage[] = [];
    for await (const image of this.#records.scan()) {
      if (mayUse(image, place)) usable.push(image);
    }
    return usable;
  }

  /** All that an account may use in a region, the catalogue's with them. */
  async all(place: Place): Promise<RegionalImage[]> {
    return [...imagesIn(place.region), ...(await this.usable(place)).map(regionalImage)];
  }

  /** One that an account may use, whoever owns it. */
  async find(place: Place, id: string): Promise<RegionalImage | undefined> {
    const listed = findImage(place.region, id);
    if (listed) return listed;
    const own = await this.get({ account: place.account, region: place.region, id });
    const found = own ?? (await this.usable(place)).find((image) => image.id === id);
    return found && regionalImage(found);
  }

  /**
   * One of an account's own, which others than its owner may not change.
   *
   * @throws InvalidAMIID.Malformed, InvalidAMIID.NotFound, AuthFailure
   */
  async mine(ref: ImageRef): Promise<OwnImage> {
    checkIds(kinds.image, [ref.id]);
    const image = await this.get(ref);
    if (image) return image;
    if (await this.find(ref, ref.id)) throw imageNotOwned(ref.id);
    throw kinds.image.notFound([ref.id]);
  }

  /** Changes one of an account's own; @throws what `mine` throws */
  async change(ref: ImageRef, change: (now: OwnImage) => OwnImage): Promise<void> {
    await this.mine(ref);
    const slot = this.at(ref);
    await transact(this.#store, [slot], (now) => {
      if (!now) throw kinds.image.notFound([ref.id]);
      return { writes: [set(slot, change(now))], result: undefined };
    });
  }
}

function regionalImage(image: OwnImage): RegionalImage {
  const [root] = image.disks;
  const { imageKey, architecture, name, requiresImdsV2 } = image;
  return {
    entry: { key: imageKey ?? image.id, architecture, name, requiresImdsV2 },
    image: wireImage(image),
    ...(root?.snapshotId && { root: { snapshotId: root.snapshotId, copy: image.rootCopy } }),
  };
}
