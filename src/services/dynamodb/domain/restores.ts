import type { Clock } from '../../../kernel/clock.ts';
import type { Changes, Engine, Value, Write } from '../../../storage/engine.ts';
import { set, transact } from '../../../storage/records.ts';
import type { Slot } from '../../../storage/records.ts';
import type { Workflow, Workflows } from '../../../workflows/workflows.ts';
import {
  backupInUse,
  backupNotFound,
  invalidRestoreTime,
  recoveryUnavailable,
  tableWithoutBackups,
  targetTableExists,
  targetTableInUse,
} from '../table-errors.ts';
import { withCopy, withoutCopy } from './backup-creation.ts';
import type { Backup, Backups, Owner } from './backups.ts';
import { restorable } from './continuous-backups.ts';
import { copyItems, rewind } from './copy-items.ts';
import type { Source, Target } from './copy-items.ts';
import { openIndex } from './indexes.ts';
import { advance, headKey, nextSequence, sequenceAt } from './journal.ts';
import { itemsOf } from './keys.ts';
import { isUsable, keyShape } from './table.ts';
import type { Restore, Table } from './table.ts';
import type { TableLifecycle } from './table-lifecycle.ts';
import type { Tables } from './tables.ts';

interface Order {
  readonly owner: Owner;
  /** The table that is made, as it was recorded first. */
  readonly target: Table;
  readonly from:
    | { readonly backup: Backup }
    /** And the first number in its journal that is behind the moment. */
    | { readonly table: Table; readonly sequence: number };
}

interface Parts {
  readonly store: Engine;
  readonly clock: Clock;
  readonly tables: Tables;
  readonly backups: Backups;
  readonly lifecycle: TableLifecycle;
  readonly workflows: Workflows;
}

/** Makes tables of backups and of what other tables were. */
export class Restores {
  readonly workflow: Workflow<Order>;
  readonly #parts: Parts;

  constructor(parts: Parts) {
    const { store } = (this.#parts = parts);
    this.workflow = {
      name: 'dynamodb:RestoreTable',
      steps: [
        {
          name: 'copy items',
          run: (order, signal) => copyItems(store, sourceOf(order), targetOf(order), signal),
        },
        {
          name: 'take back later changes',
          run: (order, signal) => rewind(store, sourceOf(order), targetOf(order), signal),
        },
        { name: 'let go of the source', run: (order) => this.#letGo(order) },
        {
          name: 'activate',
          run: ({ owner, target: { name, id } }) => parts.lifecycle.activate({ owner, name, id }),
        },
      ],
    };
  }

  /** @param target the table to be made, as `newTable` gives it */
  async fromBackup(owner: Owner, { arn, ...place }: Backup, target: Table): Promise<Table> {
    const { store, backups, tables } = this.#parts;
    const slots = [tables.at(owner, target.name), backups.slotOf(place)] as const;
    const restored = await transact(store, slots, (existing, backup) => {
      refuseExisting(existing);
      if (!backup || backup.status === 'DELETED') throw backupNotFound(arn);
      if (backup.status === 'CREATING') throw backupInUse(arn, 'created');
      const { table, createdAtMs: toMs } = backup;
      const restore: Restore = { backupArn: arn, tableArn: table.arn, toMs };
      const readers = [...backup.readers, target.id];
      return this.#ordered(owner, { ...target, restore }, { backup }, [
        backups.write({ ...backup, readers }),
      ]);
    });
    this.#parts.workflows.start(this.workflow, target.id);
    return restored;
  }

  /**
   * @param asked a moment in milliseconds, or the latest that there is
   * @throws InvalidRestoreTimeException for one that is outside of the recovery period
   */
  async toPointInTime(
    owner: Owner,
    source: Table,
    target: Table,
    asked: number | 'latest',
  ): Promise<Table> {
    const { clock, store, tables } = this.#parts;
    const sourceSlot = tables.at(owner, source.name);
    const slots = [tables.at(owner, target.name), sourceSlot, headSlot(source.id)] as const;
    const restored = await transact(store, slots, (existing, table, head) => {
      refuseExisting(existing);
      if (table?.id !== source.id || !isUsable(table)) throw tableWithoutBackups(source.name);
      const nowMs = clock.now();
      const toMs = checkMoment(table, asked, nowMs);
      const now = nextSequence(head, nowMs);
      const sequence = toMs === nowMs ? now : sequenceAt(toMs + 1);
      const restore: Restore = { tableArn: table.arn, toMs };
      return this.#ordered(owner, { ...target, restore }, { table, sequence }, [
        set(sourceSlot, withCopy(table, target.id)),
        advance(table.id, now),
      ]);
    });
    this.#parts.workflows.start(this.workflow, target.id);
    return restored;
  }

  #ordered(
    { account, region }: Owner,
    target: Table,
    from: Order['from'],
    writes: readonly Write[],
  ): Changes<Table> {
    const { tables, workflows } = this.#parts;
    const order: Order = { owner: { account, region }, target, from };
    return {
      writes: [
        set(tables.at(order.owner, target.name), target),
        workflows.order(this.workflow, target.id, order),
        ...writes,
      ],
      result: target,
    };
  }

  async #letGo({ owner, target, from }: Order): Promise<void> {
    const { backups, tables } = this.#parts;
    if ('backup' in from) {
      await backups.change(from.backup, (standing) => ({
        backup: standing && {
          ...standing,
          readers: standing.readers.filter((id) => id !== target.id),
        },
      }));
      return;
    }
    await tables.change(owner, from.table.name, (table) => ({
      table: table && withoutCopy(table, target.id),
    }));
  }
}

function sourceOf({ from }: Order): Source {
  if ('backup' in from) {
    const { table, itemsId } = from.backup;
    return { shape: { ...keyShape(table), prefix: itemsOf(itemsId) } };
  }
  const { table, sequence } = from;
  return { shape: keyShape(table), since: { tableId: table.id, sequence } };
}

function targetOf({ target }: Order): Target {
  const indexes = (target.indexes ?? []).map((index) => openIndex(target, index));
  return { prefix: itemsOf(target.id), indexes };
}

function refuseExisting(existing: Table | undefined): void {
  if (!existing) return;
  if (existing.status === 'DELETING') throw targetTableInUse(existing.name, 'deleted');
  throw targetTableExists(existing.name);
}

function checkMoment({ name, recovery }: Table, asked: number | 'latest', nowMs: number): number {
  if (!recovery) throw recoveryUnavailable(name);
  const { earliestMs, latestMs } = restorable(recovery, nowMs);
  const toMs = asked === 'latest' ? latestMs : asked;
  if (toMs < earliestMs || toMs > latestMs) throw invalidRestoreTime();
  return toMs;
}

function headSlot(tableId: string): Slot<Value> {
  const same = (value: Value): Value => value;
  return { key: headKey(tableId), decode: same, encode: same };
}
