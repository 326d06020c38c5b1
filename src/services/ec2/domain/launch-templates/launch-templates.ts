import type { RequestLaunchTemplateData } from '@aws-sdk/client-ec2';
import type { Engine } from '../../../../storage/engine.ts';
import { Records, clear, set, transact, type Slot } from '../../../../storage/records.ts';
import * as errors from '../../errors.ts';
import * as launchErrors from '../../launch-errors.ts';
import { clientTokenOf, type Repeatable } from '../client-token.ts';
import { Inventory } from '../inventory.ts';
import type { Place } from '../place.ts';
import { kinds } from '../resource-kinds.ts';
import type { Tags } from '../tags.ts';

/** A template but for its versions. Times are milliseconds since the epoch. */
export interface LaunchTemplateRecord {
  readonly id: string;
  readonly name: string;
  readonly createdAtMs: number;
  /** The ARN of who did. */
  readonly createdBy: string;
  readonly defaultVersion: number;
  /** The highest number that was ever given: versions are numbered from 1, none twice. */
  readonly latestVersion: number;
}

export interface LaunchTemplateVersionRecord {
  readonly number: number;
  readonly description?: string;
  readonly createdAtMs: number;
  readonly createdBy: string;
  readonly data: RequestLaunchTemplateData;
}

/** Launch templates and their versions, which are kept apart: a template may have thousands. */
export class LaunchTemplates {
  readonly #store: Engine;
  readonly #versions: Records<LaunchTemplateVersionRecord>;
  readonly #tokens: Records<{ readonly request: string; readonly number: number }>;
  readonly inventory: Inventory<LaunchTemplateRecord>;

  constructor(store: Engine, tags: Tags) {
    this.#store = store;
    this.#versions = new Records(store, 'ec2', 'launch-template-version');
    this.#tokens = new Records(store, 'ec2', 'launch-template-version-token');
    this.inventory = new Inventory(store, tags, {
      kind: kinds.launchTemplate,
      id: ({ id }) => id,
      unique: { name: ({ name }) => name, taken: launchErrors.templateNameTaken },
    });
  }

  /** Makes a template with its first version. */
  async create(
    place: Place,
    request: Repeatable,
    template: LaunchTemplateRecord,
    first: LaunchTemplateVersionRecord,
    tags: Readonly<Record<string, string>>,
  ): Promise<LaunchTemplateRecord> {
    const version = set(this.#at(place, template.id, first.number), first);
    const [made] = await this.inventory.create(place, request, [template], tags, [version]);
    return made!;
  }

  /** All versions of a template, the latest first. */
  async versions(place: Place, id: string): Promise<LaunchTemplateVersionRecord[]> {
    return (await this.#versions.list(place.account, place.region, id)).toReversed();
  }

  /** @throws InvalidLaunchTemplateId.VersionNotFound */
  async version(place: Place, id: string, number: number): Promise<LaunchTemplateVersionRecord> {
    const { account, region } = place;
    const found = await this.#versions.get(account, region, id, orderedNumber(number));
    if (!found) throw launchErrors.templateVersionNotFound(number, id);
    return found;
  }

  /** Adds a version, or finds the one that an earlier request with the same token added. */
  async addVersion(
    place: Place,
    id: string,
    request: Repeatable,
    version: Omit<LaunchTemplateVersionRecord, 'number'>,
  ): Promise<{ template: LaunchTemplateRecord; version: LaunchTemplateVersionRecord }> {
    const asked = clientTokenOf(request);
    const slot = this.inventory.at(place, id);
    const token = this.#tokens.at(place.account, place.region, id, asked?.token ?? '');
    const { template, number } = await transact(this.#store, [slot, token], (standing, made) => {
      if (!standing) throw kinds.launchTemplate.notFound([id]);
      if (asked && made) {
        if (made.request !== asked.request) throw errors.idempotentMismatch();
        return { writes: [], result: { template: standing, number: made.number } };
      }
      const next = standing.latestVersion + 1;
      const after = { ...standing, latestVersion: next };
      const writes = [
        set(slot, after),
        set(this.#at(place, id, next), { ...version, number: next }),
        ...(asked ? [set(token, { request: asked.request, number: next })] : []),
      ];
      return { writes, result: { template: after, number: next } };
    });
    return { template, version: await this.version(place, id, number) };
  }

  /** Makes another version the default, which is there when that happens. */
  async setDefault(place: Place, id: string, number: number): Promise<LaunchTemplateRecord> {
    const slot = this.inventory.at(place, id);
    return transact(this.#store, [slot, this.#at(place, id, number)], (template, version) => {
      if (!template) throw kinds.launchTemplate.notFound([id]);
      if (!version) throw launchErrors.templateVersionNotFound(number, id);
      const changed = { ...template, defaultVersion: number };
      return { writes: [set(slot, changed)], result: changed };
    });
  }

  /** Removes one version; says what stands in the way where there is none or it is the default. */
  removeVersion(place: Place, id: string, number: number): Promise<'gone' | 'missing' | 'default'> {
    const slots = [this.inventory.at(place, id), this.#at(place, id, number)] as const;
    return transact(this.#store, slots, (template, version) => {
      if (!template) throw kinds.launchTemplate.notFound([id]);
      if (!version) return { writes: [], result: 'missing' };
      if (number === template.defaultVersion) return { writes: [], result: 'default' };
      return { writes: [clear(slots[1])], result: 'gone' };
    });
  }

  /** Removes a template with every version that it can have. */
  remove(place: Place, id: string): Promise<LaunchTemplateRecord> {
    return this.inventory.remove(place, id, ({ latestVersion }) =>
      Array.from({ length: latestVersion }, (_, at) => clear(this.#at(place, id, at + 1))),
    );
  }

  #at({ account, region }: Place, id: string, number: number): Slot<LaunchTemplateVersionRecord> {
    return this.#versions.at(account, region, id, orderedNumber(number));
  }
}

/** A number as text that sorts as numbers do. */
export function orderedNumber(number: number): string {
  return String(number).padStart(12, '0');
}
