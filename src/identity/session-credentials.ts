import type { Clock } from '../kernel/clock.ts';
import type { Ids } from '../kernel/ids.ts';
import type { Principal } from '../kernel/caller.ts';
import type { Engine } from '../storage/engine.ts';
import { Records, set, transact } from '../storage/records.ts';
import { accessKeyId, secretAccessKey } from './access-key-id.ts';
import type { Credential, CredentialSource } from './credentials.ts';

/** Temporary credentials, as STS hands them out. */
export interface SessionCredential extends Credential {
  readonly sessionToken: string;
  readonly expiresAtMs: number;
}

/** What STS gives out and the gateway later recognises. They survive a restart. */
export class SessionCredentials implements CredentialSource {
  readonly #store: Engine;
  readonly #records: Records<SessionCredential>;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #ids: Ids;

  constructor(store: Engine, clock: Pick<Clock, 'now'>, ids: Ids) {
    this.#store = store;
    this.#records = new Records(store, 'identity', 'session-credentials');
    this.#clock = clock;
    this.#ids = ids;
  }

  /**
   * New credentials of `account`, good for `durationSeconds` of cloud time.
   *
   * @param principal who they act as; its `accessKeyId` becomes the new key
   */
  async issue(
    account: string,
    principal: Principal,
    durationSeconds: number,
  ): Promise<SessionCredential> {
    const keyId = accessKeyId(this.#ids, 'ASIA', account);
    const credential: SessionCredential = {
      accessKeyId: keyId,
      secretAccessKey: secretAccessKey(this.#ids),
      sessionToken: Buffer.from(this.#ids.bytes(240)).toString('base64'),
      expiresAtMs: this.#clock.now() + durationSeconds * 1000,
      account,
      principal: { ...principal, accessKeyId: keyId },
    };
    const slot = this.#records.at(keyId);
    return transact(this.#store, [slot], () => ({
      writes: [set(slot, credential)],
      result: credential,
    }));
  }

  /** Expired ones are found as well, as AWS tells an expired token from an unknown one. */
  async find(keyId: string): Promise<Credential | undefined> {
    return keyId.startsWith('ASIA') ? this.#records.get(keyId) : undefined;
  }
}
