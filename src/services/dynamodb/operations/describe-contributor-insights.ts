import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { insightsOf } from '../domain/contributor-insights.ts';
import { namedTable } from '../domain/named-table.ts';
import { tableNotFound } from '../errors.ts';
import type { DynamoDBScope } from '../scope.ts';
import { onTable } from '../scope.ts';

export const describeContributorInsights = operation(model.DescribeContributorInsights, {
  recorded: true,
  authorize: onTable('DescribeContributorInsights'),
  async handle({ TableName, IndexName }, { caller, tables }: DynamoDBScope) {
    const name = namedTable(caller, TableName);
    const table = await tables.describe(caller, name);
    if (table.status === 'CREATING') throw tableNotFound(name);
    const insights = insightsOf(table, IndexName);
    return {
      TableName: name,
      IndexName,
      ContributorInsightsStatus: insights?.enabled ? ('ENABLED' as const) : ('DISABLED' as const),
      ...(insights && {
        LastUpdateDateTime: new Date(insights.changedAtMs),
        ContributorInsightsMode: insights.mode,
      }),
    };
  },
});
