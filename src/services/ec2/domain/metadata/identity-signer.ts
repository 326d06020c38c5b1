import { createPrivateKey, generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import type { Ids } from '../../../../kernel/ids.ts';
import type { Engine } from '../../../../storage/engine.ts';
import { Records, set, transact } from '../../../../storage/records.ts';
import { selfSigned, signature, signedMessage } from './identity-certificate.ts';

interface Signer {
  /** PEM */
  readonly key: string;
  /** PEM */
  readonly certificate: string;
  /** Hexadecimal. */
  readonly serial: string;
}

/** The identity document as bytes that its reader can check against the cloud's certificate. */
export interface SignedIdentity {
  readonly pkcs7: string;
  readonly rsa2048: string;
  readonly signature: string;
}

/**
 * Signs instance identity documents with a key that a cloud makes when it is first needed and keeps.
 * AWS signs `pkcs7` with DSA and SHA-1; here all three are RSA of 2048 bits and SHA-256.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/verify-iid.html
 */
export class IdentitySigner {
  readonly #store: Engine;
  readonly #ids: Ids;
  readonly #records: Records<Signer>;

  constructor(store: Engine, ids: Ids) {
    this.#store = store;
    this.#ids = ids;
    this.#records = new Records(store, 'ec2', 'identity-signer');
  }

  /** PEM of what the signatures are verified with. */
  async certificate(): Promise<string> {
    return (await this.#signer()).certificate;
  }

  async sign(document: string): Promise<SignedIdentity> {
    const signer = await this.#signer();
    const key = createPrivateKey(signer.key);
    const message = signedMessage(document, key, Buffer.from(signer.serial, 'hex'));
    return { pkcs7: message, rsa2048: message, signature: signature(document, key) };
  }

  async #signer(): Promise<Signer> {
    return (await this.#records.get()) ?? (await this.#make());
  }

  /** Where two make one at a time, the first counts. */
  async #make(): Promise<Signer> {
    const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
    // A first byte of its own, as the encoding of a number has no zeros in front.
    const serial = Buffer.concat([Buffer.from([1]), this.#ids.bytes(15)]);
    const made: Signer = {
      key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      certificate: selfSigned(privateKey, serial),
      serial: serial.toString('hex'),
    };
    const slot = this.#records.at();
    return transact(this.#store, [slot], (there) =>
      there ? { writes: [], result: there } : { writes: [set(slot, made)], result: made },
    );
  }
}
