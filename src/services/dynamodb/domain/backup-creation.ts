import type { Clock } from '../../../kernel/clock.ts';
import type { Engine } from '../../../storage/engine.ts';
import type { Workflow, Workflows } from '../../../workflows/workflows.ts';
import { backupsUnavailable, tableWithoutBackups } from '../table-errors.ts';
import type { Backup, Backups, Owner } from './backups.ts';
import { copyItems, rewind } from './copy-items.ts';
import type { Source, Target } from './copy-items.ts';
import { advance, nextSequence } from './journal.ts';
import { itemsOf } from './keys.ts';
import type { Table } from './table.ts';
import { isUsable, keyShape } from './table.ts';
import type { Tables } from './tables.ts';

interface Order {
  readonly backup: Backup;
  /** The first number in the journal that is behind the backup's moment. */
  readonly sequence: number;
}

/**
 * Makes backups of tables at work: the moment is recorded, the items are copied while the journal
 * is kept, and what changed since that moment is taken back in the copy.
 */
export class BackupCreation {
  readonly workflow: Workflow<Order>;
  readonly #store: Engine;
  readonly #clock: Clock;
  readonly #tables: Tables;
  readonly #backups: Backups;
  readonly #workflows: Workflows;

  constructor(parts: {
    readonly store: Engine;
    readonly clock: Clock;
    readonly tables: Tables;
    readonly backups: Backups;
    readonly workflows: Workflows;
  }) {
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#tables = parts.tables;
    this.#backups = parts.backups;
    this.#workflows = parts.workflows;
    this.workflow = {
      name: 'dynamodb:CreateBackup',
      steps: [
        {
          name: 'copy items',
          run: (order, signal) => copyItems(this.#store, sourceOf(order), targetOf(order), signal),
        },
        {
          name: 'take back later changes',
          run: (order, signal) => rewind(this.#store, sourceOf(order), targetOf(order), signal),
        },
        { name: 'finish', run: (order) => this.#finish(order) },
      ],
    };
  }

  /** Records the table as it is now and orders the copy. */
  async begin(owner: Owner, tableName: string, name: string): Promise<Backup> {
    const made: { backup?: Backup } = {};
    await this.#tables.change(owner, tableName, (table, head) => {
      if (!table) throw tableWithoutBackups(tableName);
      if (!isUsable(table)) throw backupsUnavailable(tableName);
      const backup = (made.backup = this.#backups.begin(owner, table, name));
      const sequence = nextSequence(head, this.#clock.now());
      const order = this.#workflows.order(this.workflow, backup.itemsId, { backup, sequence });
      return {
        table: withCopy(table, backup.itemsId),
        writes: [this.#backups.write(backup), advance(table.id, sequence), order],
      };
    });
    const backup = made.backup!;
    this.#workflows.start(this.workflow, backup.itemsId);
    return backup;
  }

  async #finish({ backup }: Order): Promise<void> {
    await this.#tables.change(backup.owner, backup.table.name, (table) => ({
      table: table && withoutCopy(table, backup.itemsId),
    }));
    await this.#backups.change(backup, (standing) => ({
      backup: standing && { ...standing, status: 'AVAILABLE' },
    }));
  }
}

function sourceOf({ backup: { table }, sequence }: Order): Source {
  return { shape: keyShape(table), since: { tableId: table.id, sequence } };
}

function targetOf({ backup }: Order): Target {
  return { prefix: itemsOf(backup.itemsId), indexes: [] };
}

/** The table while a copy is being made of its items: it stays, and its journal is kept. */
export function withCopy(table: Table, id: string): Table {
  return { ...table, copies: [...(table.copies ?? []), id] };
}

export function withoutCopy({ copies = [], ...table }: Table, id: string): Table {
  const rest = copies.filter((copy) => copy !== id);
  return rest.length === 0 ? table : { ...table, copies: rest };
}
