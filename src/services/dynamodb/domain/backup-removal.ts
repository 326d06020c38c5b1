import type { Clock } from '../../../kernel/clock.ts';
import type { Log } from '../../../kernel/log.ts';
import type { Controller } from '../../../kernel/service.ts';
import type { Engine } from '../../../storage/engine.ts';
import type { Workflow, Workflows } from '../../../workflows/workflows.ts';
import { backupNotFound } from '../table-errors.ts';
import type { Backup, Backups } from './backups.ts';
import { checkIdle } from './backups.ts';
import { itemsOf } from './keys.ts';
import { startingWith } from './pages.ts';
import { periodic } from './periodic.ts';
import { purge } from './purge.ts';

const EVERY_MS = 60 * 60 * 1000;

interface Parts {
  readonly store: Engine;
  readonly clock: Clock;
  readonly backups: Backups;
  readonly workflows: Workflows;
  readonly log: Log;
}

/** Takes backups away with their items, when they are deleted or expire. */
export class BackupRemoval {
  readonly workflow: Workflow<Backup>;
  readonly controller: Controller;
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.workflow = {
      name: 'dynamodb:DeleteBackup',
      steps: [
        {
          name: 'purge items',
          run: ({ itemsId }, signal) => purge(parts.store, startingWith(itemsOf(itemsId)), signal),
        },
        {
          name: 'forget backup',
          run: (backup) => parts.backups.change(backup, () => ({ backup: undefined })),
        },
      ],
    };
    const { clock, log } = parts;
    this.controller = periodic({ name: 'dynamodb:backups', everyMs: EVERY_MS, clock, log }, () =>
      this.#sweep(),
    );
  }

  /** @throws BackupInUseException while it is being made or restored */
  async delete(backup: Backup): Promise<void> {
    await this.#order(backup, (standing) => {
      if (!standing || standing.status === 'DELETED') throw backupNotFound(backup.arn);
      checkIdle(standing);
      return true;
    });
  }

  async #order(backup: Backup, isWanted: (standing: Backup | undefined) => boolean): Promise<void> {
    const { backups, workflows } = this.#parts;
    await backups.change(backup, (standing) => {
      if (!isWanted(standing)) return { backup: standing };
      const deleted: Backup = { ...backup, status: 'DELETED' };
      return { backup: deleted, writes: [workflows.order(this.workflow, backup.itemsId, deleted)] };
    });
    workflows.start(this.workflow, backup.itemsId);
  }

  /** Nobody is shown an expired backup, so it is enough to come by now and then. */
  async #sweep(): Promise<void> {
    const { backups } = this.#parts;
    for await (const backup of backups.everywhere()) {
      if (!backups.isExpired(backup)) continue;
      await this.#order(
        backup,
        (standing) => standing?.status === 'AVAILABLE' && standing.readers.length === 0,
      );
    }
  }
}
