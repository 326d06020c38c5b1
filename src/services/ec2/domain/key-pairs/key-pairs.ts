import type { KeyPairInfo } from '@aws-sdk/client-ec2';
import type { Engine } from '../../../../storage/engine.ts';
import { Records, set, transact, type Slot } from '../../../../storage/records.ts';
import * as errors from '../../errors.ts';
import type { Place } from '../place.ts';
import { kinds } from '../resource-kinds.ts';
import type { Tags } from '../tags.ts';
import { MAX_NAME_LENGTH } from './names.ts';

/** A key pair as it is kept: never with its private half. */
export interface KeyPair {
  readonly keyName: string;
  readonly keyPairId: string;
  readonly keyType: 'rsa' | 'ed25519';
  readonly fingerprint: string;
  /** A line for `authorized_keys`. */
  readonly publicKey: string;
  readonly createdAtMs: number;
}

export class KeyPairs {
  readonly #store: Engine;
  readonly #tags: Tags;
  readonly #records: Records<KeyPair>;

  constructor(store: Engine, tags: Tags) {
    this.#store = store;
    this.#tags = tags;
    this.#records = new Records<KeyPair>(store, 'ec2', 'key-pair');
  }

  at({ account, region }: Place, keyName: string): Slot<KeyPair> {
    return this.#records.at(account, region, keyName);
  }

  /** Undefined as well for what cannot be a name. */
  async get({ account, region }: Place, keyName: string): Promise<KeyPair | undefined> {
    if (keyName.length > MAX_NAME_LENGTH) return undefined;
    return this.#records.get(account, region, keyName);
  }

  list({ account, region }: Place): Promise<readonly KeyPair[]> {
    return this.#records.list(account, region);
  }

  /** @throws InvalidKeyPair.Duplicate */
  async add(place: Place, keyPair: KeyPair, tags: Record<string, string>): Promise<void> {
    const slot = this.at(place, keyPair.keyName);
    await transact(this.#store, [slot], (present) => {
      if (present) throw errors.keyPairExists(keyPair.keyName);
      const writes = [
        set(slot, keyPair),
        ...this.#tags.put(place, kinds.keyPair, keyPair.keyPairId, tags),
      ];
      return { writes, result: undefined };
    });
  }
}

/** The wire's shape, without tags. */
export function keyPairInfo(keyPair: KeyPair): KeyPairInfo {
  return {
    KeyName: keyPair.keyName,
    KeyPairId: keyPair.keyPairId,
    KeyType: keyPair.keyType,
    KeyFingerprint: keyPair.fingerprint,
    PublicKey: keyPair.publicKey,
    CreateTime: new Date(keyPair.createdAtMs),
  };
}
