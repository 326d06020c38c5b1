import type { ContinuousBackupsDescription } from '@aws-sdk/client-dynamodb';
import type { Recovery, Table } from './table.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** The longest that AWS keeps changes, and what it does unless told otherwise. */
export const MAX_RECOVERY_DAYS = 35;

/** The moments, in milliseconds, to which a table can be brought back. */
export function restorable(
  { sinceMs, days }: Recovery,
  nowMs: number,
): { readonly earliestMs: number; readonly latestMs: number } {
  return { earliestMs: Math.max(sinceMs, nowMs - days * DAY_MS), latestMs: nowMs };
}

/** How long recovery needs the table's journal. */
export function recoveryMs({ recovery }: Pick<Table, 'recovery'>): number {
  return recovery ? recovery.days * DAY_MS : 0;
}

/** AWS calls continuous backups enabled on every table; restoring takes recovery to be enabled too. */
export function describeContinuousBackups(
  { recovery }: Table,
  nowMs: number,
): ContinuousBackupsDescription {
  if (!recovery) {
    return {
      ContinuousBackupsStatus: 'ENABLED',
      PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'DISABLED' },
    };
  }
  const { earliestMs, latestMs } = restorable(recovery, nowMs);
  return {
    ContinuousBackupsStatus: 'ENABLED',
    PointInTimeRecoveryDescription: {
      PointInTimeRecoveryStatus: 'ENABLED',
      RecoveryPeriodInDays: recovery.days,
      EarliestRestorableDateTime: new Date(earliestMs),
      LatestRestorableDateTime: new Date(latestMs),
    },
  };
}
