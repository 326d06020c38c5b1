import type { ContributorInsightsSummary } from '@aws-sdk/client-dynamodb';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import type { Insights } from '../domain/contributor-insights.ts';
import { namedTable } from '../domain/named-table.ts';
import type { Table } from '../domain/table.ts';
import type { DynamoDBScope } from '../scope.ts';
import { onTable } from '../scope.ts';

const MAX_RESULTS = 100;

/** A page covers so many tables and indexes, of which those that are off are left out. */
export const listContributorInsights = operation(model.ListContributorInsights, {
  recorded: true,
  authorize: onTable('ListContributorInsights'),
  async handle({ TableName, NextToken, MaxResults = MAX_RESULTS }, scope: DynamoDBScope) {
    const { caller, tables } = scope;
    if (TableName !== undefined) {
      const table = await tables.describe(caller, namedTable(caller, TableName));
      return { ContributorInsightsSummaries: summaries(table) };
    }
    const names = await tables.names(caller, NextToken, MaxResults + 1);
    const page = names.slice(0, MaxResults);
    const found = await Promise.all(page.map((name) => tables.find(caller, name)));
    return {
      ContributorInsightsSummaries: found.flatMap((table) => (table ? summaries(table) : [])),
      ...(names.length > page.length && { NextToken: page.at(-1) }),
    };
  },
});

function summaries({ name: TableName, insights, indexes = [] }: Table) {
  const all: readonly { readonly IndexName?: string; readonly insights?: Insights }[] = [
    { ...(insights && { insights }) },
    ...indexes.map((index) => ({
      IndexName: index.name,
      ...(index.insights && { insights: index.insights }),
    })),
  ];
  return all
    .filter((one) => one.insights?.enabled)
    .map(({ IndexName, insights: shown }): ContributorInsightsSummary => ({
      TableName,
      IndexName,
      ContributorInsightsStatus: 'ENABLED',
      ContributorInsightsMode: shown!.mode,
    }));
}
