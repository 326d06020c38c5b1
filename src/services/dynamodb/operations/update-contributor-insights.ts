import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { insightsOf, withInsights } from '../domain/contributor-insights.ts';
import { namedTable } from '../domain/named-table.ts';
import { tableNotFound } from '../errors.ts';
import type { DynamoDBScope } from '../scope.ts';
import { onTable } from '../scope.ts';

/** A change is done at once; as in AWS, its answer tells that it is under way. */
export const updateContributorInsights = operation(model.UpdateContributorInsights, {
  recorded: true,
  authorize: onTable('UpdateContributorInsights'),
  async handle(input, { caller, clock, tables }: DynamoDBScope) {
    const name = namedTable(caller, input.TableName);
    const nowMs = clock.now();
    let changing = false;
    const changed = await tables.change(caller, name, (table) => {
      if (!table || table.status === 'CREATING') throw tableNotFound(name);
      const next = withInsights(table, input, nowMs);
      changing = next !== table;
      return { table: next };
    });
    const insights = insightsOf(changed!, input.IndexName);
    const [settled, under] = insights?.enabled
      ? (['ENABLED', 'ENABLING'] as const)
      : (['DISABLED', 'DISABLING'] as const);
    return {
      TableName: name,
      IndexName: input.IndexName,
      ContributorInsightsStatus: changing ? under : settled,
      ContributorInsightsMode: insights?.mode,
    };
  },
});
