import type { Clock } from '../../../../kernel/clock.ts';
import type { Engine, Write } from '../../../../storage/engine.ts';
import { Records, clear, set, transact, type Slot } from '../../../../storage/records.ts';
import { Addresses } from '../network/address-claims.ts';
import type { PutToUse } from '../network/put-to-use.ts';
import type { Place } from '../place.ts';
import type { Tags } from '../tags.ts';
import { TERMINATED_VISIBLE_MS, type Instance, type InstanceRef } from './instance.ts';

/** What a request with a client token launched, to be found again when it is repeated. */
export interface ClientToken {
  readonly token: string;
  /** Fingerprint of the request's other parameters. */
  readonly request: string;
  readonly instanceIds: readonly string[];
}

/** The instances of a cloud, with the addresses that are theirs. */
export class Instances {
  readonly #store: Engine;
  readonly #clock: Clock;
  readonly #tags: Tags;
  readonly #records: Records<Instance>;
  readonly #owners: Records<InstanceRef>;
  readonly #tokens: Records<ClientToken>;
  readonly addresses: Addresses;

  constructor(store: Engine, clock: Clock, tags: Tags) {
    this.#store = store;
    this.#clock = clock;
    this.#tags = tags;
    this.#records = new Records(store, 'ec2', 'instance');
    this.#owners = new Records(store, 'ec2', 'machine-owner');
    this.#tokens = new Records(store, 'ec2', 'client-token');
    this.addresses = new Addresses(store);
  }

  at({ account, region, id }: InstanceRef): Slot<Instance> {
    return this.#records.at(account, region, id);
  }

  tokenAt({ account, region }: Place, token: string): Slot<ClientToken> {
    return this.#tokens.at(account, region, token);
  }

  async get({ account, region, id }: InstanceRef): Promise<Instance | undefined> {
    const instance = await this.#records.get(account, region, id);
    return instance && this.#isVisible(instance) ? instance : undefined;
  }

  /**
   * Those that can be seen: terminated ones for an hour.
   *
   * @param ids which of them; all where it is empty or left out
   */
  async list({ account, region }: Place, ids: readonly string[] = []): Promise<Instance[]> {
    if (ids.length > 0) {
      const named = await Promise.all(
        [...new Set(ids)].map((id) => this.get({ account, region, id })),
      );
      return named.filter((instance) => instance !== undefined);
    }
    const all = await this.#records.list(account, region);
    return all.filter((instance) => this.#isVisible(instance));
  }

  /** Every account's and region's, for the controller. */
  everywhere(): AsyncGenerator<Instance> {
    return this.#records.scan();
  }

  /** Whose machine it is: drivers know machines by instance ID only. */
  async owner(id: string): Promise<Instance | undefined> {
    const ref = await this.#owners.get(id);
    return ref && this.get(ref);
  }

  /** The writes that record a new instance, whose addresses the same transaction claims. */
  add(instance: Instance): Write[] {
    const { account, region, id } = instance;
    return [
      set(this.at(instance), instance),
      set(this.#owners.at(id), { account, region, id }),
      ...this.addresses.claim(instance),
    ];
  }

  /**
   * Changes one instance in one durable step; `change` gives undefined to leave it as it is.
   * Resolves to the instance as it is afterwards, undefined where there is none.
   *
   * @param groups that it is put into by that
   */
  update(
    ref: InstanceRef,
    change: (instance: Instance) => Instance | undefined,
    groups?: PutToUse,
  ): Promise<Instance | undefined> {
    const slot = this.at(ref);
    return transact(this.#store, [slot, ...(groups?.slots ?? [])], (instance, ...found) => {
      const changed = instance && change(instance);
      const writes = changed ? [set(slot, changed), ...(groups?.writes(found) ?? [])] : [];
      return { writes, result: changed ?? instance };
    });
  }

  /**
   * Records that the machine is gone with its disks.
   *
   * @param interfaces what becomes of its interfaces
   */
  async terminated(
    ref: InstanceRef,
    change: Partial<Instance>,
    interfaces: PutToUse,
  ): Promise<void> {
    const slot = this.at(ref);
    await transact(this.#store, [slot, ...interfaces.slots], (instance, ...found) => {
      if (!instance || instance.state === 'terminated') return { writes: [], result: undefined };
      const { ssh: _, ...kept } = instance;
      const terminatedAtMs = this.#clock.now();
      const after: Instance = { ...kept, ...change, state: 'terminated', terminatedAtMs };
      const writes = [
        set(slot, after),
        ...interfaces.writes(found),
        ...instance.volumes.map((volume) => this.#tags.remove(ref, volume.id)),
      ];
      return { writes, result: undefined };
    });
  }

  /** Removes what is left of an instance once its hour has passed. */
  async forget(ref: InstanceRef): Promise<void> {
    const slot = this.at(ref);
    await transact(this.#store, [slot], (instance) => {
      if (!instance || this.#isVisible(instance)) return { writes: [], result: undefined };
      const writes = [
        clear(slot),
        clear(this.#owners.at(ref.id)),
        this.#tags.remove(ref, ref.id),
        ...(instance.clientToken ? [clear(this.tokenAt(ref, instance.clientToken))] : []),
      ];
      return { writes, result: undefined };
    });
  }

  #isVisible({ terminatedAtMs }: Instance): boolean {
    return (
      terminatedAtMs === undefined || this.#clock.now() < terminatedAtMs + TERMINATED_VISIBLE_MS
    );
  }
}
