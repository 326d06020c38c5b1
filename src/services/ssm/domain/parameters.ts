import type { Parameter } from '@aws-sdk/client-ssm';
import type { Caller } from '../../../kernel/caller.ts';
import * as errors from '../errors.ts';
import type { OwnedParameters } from './owned-parameters.ts';
import { parseReference } from './parameter-name.ts';
import type { ParameterRecord, ParameterVersion } from './parameter-record.ts';
import { publicRecords } from './public-parameters.ts';
import type { SecureStrings } from './secure-strings.ts';

/** What a caller can read: its account's parameters and AWS's public ones. */
export class Parameters {
  readonly owned: OwnedParameters;
  readonly #secureStrings: SecureStrings;

  constructor(owned: OwnedParameters, secureStrings: SecureStrings) {
    this.owned = owned;
    this.#secureStrings = secureStrings;
  }

  /** All of them, in the order of their names. */
  async list(caller: Caller): Promise<ParameterRecord[]> {
    const all = [...(await this.owned.list(caller)), ...publicRecords(caller.region)];
    return all.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  /**
   * The parameter that a request names: by name or ARN, with a version or a label behind a colon.
   *
   * @throws ParameterNotFound, ParameterVersionNotFound
   */
  async get(caller: Caller, given: string, decrypted: boolean): Promise<Parameter> {
    const { name, selector } = parseReference(given);
    const record = await this.#find(caller, name, given.startsWith('arn:'));
    if (!selector) return await this.show(caller, record, record.latest, decrypted);
    const version = await this.#version(caller, record, selector.slice(1));
    const shown = await this.show(caller, record, version, decrypted);
    return { ...shown, Selector: selector };
  }

  /** A version as GetParameter shows it. */
  async show(
    caller: Caller,
    { name, arn }: Pick<ParameterRecord, 'name' | 'arn'>,
    version: ParameterVersion,
    decrypted: boolean,
  ): Promise<Parameter> {
    return {
      Name: name,
      Type: version.type,
      Value: await this.value(caller, arn, version, decrypted),
      Version: version.version,
      LastModifiedDate: new Date(version.modifiedAtMs),
      ARN: arn,
      DataType: version.dataType,
    };
  }

  /** A SecureString stays ciphertext unless it is to be deciphered. */
  async value(
    caller: Caller,
    arn: string,
    { type, value }: ParameterVersion,
    decrypted: boolean,
  ): Promise<string> {
    if (type !== 'SecureString' || !decrypted) return value;
    return await this.#secureStrings.decipher(caller, arn, value);
  }

  async #find(caller: Caller, name: string, byArn: boolean): Promise<ParameterRecord> {
    const found =
      (await this.owned.find(caller, name)) ??
      publicRecords(caller.region).find((record) => record.name === name) ??
      (byArn ? await this.owned.find(caller, name.slice(1)) : undefined);
    if (!found) throw errors.parameterNotFound();
    return found;
  }

  async #version(
    caller: Caller,
    record: ParameterRecord,
    wanted: string,
  ): Promise<ParameterVersion> {
    const number = /^\d+$/.test(wanted) ? Number(wanted) : record.labels[wanted];
    const version = number && (await this.owned.version(caller, record, number));
    if (!version) throw errors.parameterVersionNotFound(record.name, wanted);
    return version;
  }
}
