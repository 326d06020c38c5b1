import type { Caller } from '../../../kernel/caller.ts';
import type { Clock } from '../../../kernel/clock.ts';
import type { Ids } from '../../../kernel/ids.ts';
import type { Engine, Write } from '../../../storage/engine.ts';
import { Records, clear, set, transact } from '../../../storage/records.ts';
import type { Slot } from '../../../storage/records.ts';
import { backupInUse, backupNotFound } from '../table-errors.ts';
import type { Table } from './table.ts';
import { tableArn } from './table.ts';

export type Owner = Pick<Caller, 'account' | 'region'>;

/** A backup as it is recorded: it outlives its table. */
export interface Backup {
  readonly owner: Owner;
  readonly name: string;
  /** As it ends the ARN: when it was made, and something that tells it from others of that moment. */
  readonly label: string;
  readonly arn: string;
  readonly type: 'USER' | 'SYSTEM';
  readonly status: 'CREATING' | 'AVAILABLE' | 'DELETED';
  readonly createdAtMs: number;
  /** AWS's own are kept for so long; a user's until it is deleted. */
  readonly expiresAtMs?: number;
  /** A UUID: its items stand where those of a table with this ID would. */
  readonly itemsId: string;
  /** As it was at that moment. */
  readonly table: Table;
  /** IDs of the tables that are being restored from it. */
  readonly readers: readonly string[];
}

export interface BackupChange {
  /** What shall stand; `undefined` removes it. */
  readonly backup: Backup | undefined;
  readonly writes?: readonly Write[];
}

/**
 * How long AWS keeps what was in a table that was deleted while recovery was on.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/PointInTimeRecovery_Howitworks.html
 */
const SYSTEM_RETENTION_MS = 35 * 24 * 60 * 60 * 1000;

/** The backups of a cloud's tables. */
export class Backups {
  readonly #store: Engine;
  readonly #clock: Clock;
  readonly #ids: Ids;
  readonly #records: Records<Backup>;

  constructor({ store, clock, ids }: { store: Engine; clock: Clock; ids: Ids }) {
    this.#store = store;
    this.#clock = clock;
    this.#ids = ids;
    this.#records = new Records<Backup>(store, 'dynamodb', 'backup');
  }

  /** A backup that is to be made of a table; nothing is written yet. */
  begin(owner: Owner, table: Table, name: string): Backup {
    return this.#new(owner, table, name, {
      type: 'USER',
      status: 'CREATING',
      itemsId: this.#ids.uuid(),
    });
  }

  /**
   * What is written along with the deletion of a table on which recovery is on: its items stay
   * where they are, as a backup.
   */
  ofDeleted(owner: Owner, table: Table): readonly Write[] {
    if (!table.recovery) return [];
    const backup = this.#new(owner, table, `${table.name}$DeletedTableBackup`, {
      type: 'SYSTEM',
      status: 'AVAILABLE',
      itemsId: table.id,
    });
    const expiresAtMs = backup.createdAtMs + SYSTEM_RETENTION_MS;
    return [this.write({ ...backup, expiresAtMs })];
  }

  #new(
    { account, region }: Owner,
    table: Table,
    name: string,
    its: Pick<Backup, 'type' | 'status' | 'itemsId'>,
  ): Backup {
    const createdAtMs = this.#clock.now();
    const label = `${String(createdAtMs).padStart(14, '0')}-${this.#ids.hex(8)}`;
    return {
      ...its,
      owner: { account, region },
      name,
      label,
      arn: `${table.arn}/backup/${label}`,
      createdAtMs,
      table,
      readers: [],
    };
  }

  write(backup: Backup): Write {
    return set(this.slotOf(backup), backup);
  }

  slotOf({ owner, table, label }: Pick<Backup, 'owner' | 'table' | 'label'>): Slot<Backup> {
    return this.#records.at(owner.account, owner.region, table.name, label);
  }

  /** @throws BackupNotFoundException */
  async describe(owner: Owner, arn: string): Promise<Backup> {
    const place = placeOf(owner, arn);
    const backup = place && (await this.#records.get(owner.account, owner.region, ...place));
    if (!backup || !this.#isShown(backup)) throw backupNotFound(arn);
    return backup;
  }

  /** By table, then by age. */
  async list({ account, region }: Owner, tableName?: string): Promise<Backup[]> {
    const path = tableName === undefined ? [account, region] : [account, region, tableName];
    const backups = await this.#records.list(...path);
    return backups.filter((backup) => this.#isShown(backup));
  }

  /** All of the cloud's, also those that nobody is shown any more. */
  everywhere(): AsyncGenerator<Backup> {
    return this.#records.scan();
  }

  /** Changes a backup's record; `compute` may refuse by throwing. */
  async change(
    backup: Backup,
    compute: (standing: Backup | undefined) => BackupChange,
  ): Promise<void> {
    const slot = this.slotOf(backup);
    await transact(this.#store, [slot], (standing) => {
      const { backup: next, writes = [] } = compute(standing);
      return { writes: [next ? set(slot, next) : clear(slot), ...writes], result: undefined };
    });
  }

  isExpired({ expiresAtMs = Infinity }: Backup): boolean {
    return expiresAtMs <= this.#clock.now();
  }

  #isShown(backup: Backup): boolean {
    return backup.status !== 'DELETED' && !this.isExpired(backup);
  }
}

/** @throws BackupInUseException while something is going on with it */
export function checkIdle({ status, readers, arn }: Backup): void {
  if (status === 'CREATING') throw backupInUse(arn, 'created');
  if (readers.length > 0) throw backupInUse(arn, 'restored');
}

/** Table name and label in the ARN of one of the owner's backups. */
function placeOf(owner: Owner, arn: string): readonly [string, string] | undefined {
  const [, tableName, label] = /:table\/([^/]+)\/backup\/([^/]+)$/.exec(arn) ?? [];
  if (tableName === undefined || label === undefined) return undefined;
  return `${tableArn(owner, tableName)}/backup/${label}` === arn ? [tableName, label] : undefined;
}
