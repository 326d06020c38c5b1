import type {
  ContributorInsightsMode,
  UpdateContributorInsightsInput,
} from '@aws-sdk/client-dynamodb';
import { insightsUnavailable, insightsIndexNotFound } from '../table-errors.ts';
import type { Table } from './table.ts';

/** Whether the keys most in use are to be found out. It is kept; no rule is ever evaluated. */
export interface Insights {
  readonly enabled: boolean;
  readonly mode: ContributorInsightsMode;
  readonly changedAtMs: number;
}

type Asked = Pick<
  UpdateContributorInsightsInput,
  'IndexName' | 'ContributorInsightsAction' | 'ContributorInsightsMode'
>;

/** The insights of a table or of one of its global indexes; `undefined` where they were never on. */
export function insightsOf(table: Table, indexName: string | undefined): Insights | undefined {
  if (indexName === undefined) return table.insights;
  return globalIndex(table, indexName).insights;
}

/** A table with the insights that are asked for. */
export function withInsights(table: Table, asked: Asked, nowMs: number): Table {
  if (table.status !== 'ACTIVE') throw insightsUnavailable('TableStatus');
  const { IndexName: indexName } = asked;
  const standing = insightsOf(table, indexName);
  const insights = changed(standing, asked, nowMs);
  if (insights === standing) return table;
  if (indexName === undefined) return { ...table, ...(insights && { insights }) };
  const index = globalIndex(table, indexName);
  if (index.status !== 'ACTIVE') throw insightsUnavailable('IndexStatus');
  const next = { ...index, ...(insights && { insights }) };
  return { ...table, indexes: table.indexes!.map((one) => (one === index ? next : one)) };
}

function changed(
  standing: Insights | undefined,
  { ContributorInsightsAction, ContributorInsightsMode: mode }: Asked,
  changedAtMs: number,
): Insights | undefined {
  const enabled = ContributorInsightsAction === 'ENABLE';
  if (!enabled) return standing?.enabled ? { ...standing, enabled, changedAtMs } : standing;
  const wanted = mode ?? 'ACCESSED_AND_THROTTLED_KEYS';
  if (standing?.enabled && standing.mode === wanted) return standing;
  return { enabled, mode: wanted, changedAtMs };
}

function globalIndex(table: Table, name: string) {
  const index = table.indexes?.find((one) => one.name === name && one.kind === 'global');
  if (!index) throw insightsIndexNotFound(name, table.name);
  return index;
}
