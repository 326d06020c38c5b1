import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { Caller } from '../../../kernel/caller.ts';
import type { Ids } from '../../../kernel/ids.ts';
import type { Engine } from '../../../storage/engine.ts';
import { Records, set, transact } from '../../../storage/records.ts';

type Owner = Pick<Caller, 'account' | 'region'>;

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Enciphers the values of SecureStrings with a key per account and region, which stands for KMS's
 * `alias/aws/ssm`. A ciphertext is bound to its parameter's ARN, as AWS binds it by the encryption
 * context. The key lies in the same store: values are not readable in passing, but whoever has the
 * whole store can read them.
 */
export class SecureStrings {
  readonly #store: Engine;
  readonly #ids: Ids;
  readonly #keys: Records<string>;

  constructor(store: Engine, ids: Ids) {
    this.#store = store;
    this.#ids = ids;
    this.#keys = new Records<string>(store, 'ssm', 'key');
  }

  /** @returns base64 of nonce, tag and ciphertext */
  async encipher(owner: Owner, arn: string, plaintext: string): Promise<string> {
    const nonce = Uint8Array.from(this.#ids.bytes(NONCE_BYTES));
    const cipher = createCipheriv(CIPHER, await this.#key(owner), nonce).setAAD(Buffer.from(arn));
    const body = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64');
  }

  async decipher(owner: Owner, arn: string, ciphertext: string): Promise<string> {
    const bytes = Buffer.from(ciphertext, 'base64');
    const tagEnd = NONCE_BYTES + TAG_BYTES;
    const decipher = createDecipheriv(
      CIPHER,
      await this.#key(owner),
      bytes.subarray(0, NONCE_BYTES),
      { authTagLength: TAG_BYTES },
    )
      .setAAD(Buffer.from(arn))
      .setAuthTag(bytes.subarray(NONCE_BYTES, tagEnd));
    return decipher.update(bytes.subarray(tagEnd), undefined, 'utf8') + decipher.final('utf8');
  }

  /** Made at its first use. */
  async #key({ account, region }: Owner): Promise<Buffer> {
    const fresh = Buffer.from(this.#ids.bytes(KEY_BYTES)).toString('base64');
    const slot = this.#keys.at(account, region);
    const kept =
      (await this.#keys.get(account, region)) ??
      (await transact(this.#store, [slot], (standing) =>
        standing === undefined
          ? { writes: [set(slot, fresh)], result: fresh }
          : { writes: [], result: standing },
      ));
    return Buffer.from(kept, 'base64');
  }
}
