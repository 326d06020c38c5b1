import type { Engine } from '../../../../storage/engine.ts';
import { Records, type Slot } from '../../../../storage/records.ts';
import type { Place } from '../place.ts';
import { checkIds, kinds } from '../resource-kinds.ts';
import type { Volume, VolumeRef } from './volume.ts';

/** The volumes of a cloud, but for root volumes. */
export class Volumes {
  readonly #records: Records<Volume>;

  constructor(store: Engine) {
    this.#records = new Records(store, 'ec2', 'volume');
  }

  at({ account, region, id }: VolumeRef): Slot<Volume> {
    return this.#records.at(account, region, id);
  }

  get({ account, region, id }: VolumeRef): Promise<Volume | undefined> {
    return this.#records.get(account, region, id);
  }

  list({ account, region }: Place): Promise<readonly Volume[]> {
    return this.#records.list(account, region);
  }

  everywhere(): AsyncGenerator<Volume> {
    return this.#records.scan();
  }
}

/** @throws InvalidVolumeID.Malformed, InvalidVolume.NotFound */
export function thereIs(volume: Volume | undefined, id: string): Volume {
  checkIds(kinds.volume, [id]);
  if (!volume) throw kinds.volume.notFound([id]);
  return volume;
}
