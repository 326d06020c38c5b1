import type { Caller } from '../../../kernel/caller.ts';
import type { Engine, Write } from '../../../storage/engine.ts';
import { type Slot, Records, clear, set, transact } from '../../../storage/records.ts';
import type { ParameterRecord, ParameterVersion } from './parameter-record.ts';

type Owner = Pick<Caller, 'account' | 'region'>;

/** The parameters that accounts have put, with their past versions. */
export class OwnedParameters {
  readonly #store: Engine;
  readonly #records: Records<ParameterRecord>;
  readonly #past: Records<ParameterVersion>;

  constructor(store: Engine) {
    this.#store = store;
    this.#records = new Records<ParameterRecord>(store, 'ssm', 'parameter');
    this.#past = new Records<ParameterVersion>(store, 'ssm', 'parameter-version');
  }

  find({ account, region }: Owner, name: string): Promise<ParameterRecord | undefined> {
    return this.#records.get(account, region, name);
  }

  /** All that the owner has, in the order of their names. */
  list({ account, region }: Owner): Promise<readonly ParameterRecord[]> {
    return this.#records.list(account, region);
  }

  /** One of its versions, as long as that is kept. */
  async version(
    { account, region }: Owner,
    { name, latest }: ParameterRecord,
    version: number,
  ): Promise<ParameterVersion | undefined> {
    if (version === latest.version) return latest;
    return await this.#past.get(account, region, name, ordered(version));
  }

  /** All versions that are kept, oldest first. */
  async history(
    { account, region }: Owner,
    { name, latest }: ParameterRecord,
  ): Promise<ParameterVersion[]> {
    const past = await this.#past.list(account, region, name);
    return [...past.filter(({ version }) => version < latest.version), latest];
  }

  /**
   * Changes a parameter's record. `compute` gets what stands and answers what shall stand
   * (`undefined` removes it with all its versions); it may throw to refuse. A version that it
   * supersedes is kept as a past one, those before its `oldest` are dropped.
   */
  change<Next extends ParameterRecord | undefined>(
    owner: Owner,
    name: string,
    compute: (standing: ParameterRecord | undefined) => Next,
  ): Promise<Next> {
    const slot = this.#records.at(owner.account, owner.region, name);
    return transact(this.#store, [slot], (standing) => {
      const next = compute(standing);
      const writes = [next ? set(slot, next) : clear(slot)];
      if (standing) writes.push(...this.#pastWrites(owner, standing, next));
      return { writes, result: next };
    });
  }

  #pastWrites(owner: Owner, standing: ParameterRecord, next: ParameterRecord | undefined): Write[] {
    const { name, latest } = standing;
    const writes: Write[] = [];
    if (next && next.latest.version > latest.version) {
      writes.push(set(this.#pastAt(owner, name, latest.version), latest));
    }
    for (let version = standing.oldest; version < (next?.oldest ?? latest.version); version++) {
      writes.push(clear(this.#pastAt(owner, name, version)));
    }
    return writes;
  }

  #pastAt({ account, region }: Owner, name: string, version: number): Slot<ParameterVersion> {
    return this.#past.at(account, region, name, ordered(version));
  }
}

/** Numbers as text that sorts like them. */
function ordered(version: number): string {
  return String(version).padStart(12, '0');
}
