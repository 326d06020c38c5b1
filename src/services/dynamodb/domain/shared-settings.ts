import type { UpdateTableInput } from '@aws-sdk/client-dynamodb';
import { isGlobal2019 } from './replicas.ts';
import type { Table } from './table.ts';

/**
 * What all replicas of a global table have in common; the rest is each one's own.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html
 */
const SHARED = [
  'BillingMode',
  'ProvisionedThroughput',
  'OnDemandThroughput',
  'GlobalSecondaryIndexUpdates',
  'SSESpecification',
  'WarmThroughput',
] as const;

/** The part of a request that changes the other replica `table` too, if there is one. */
export function sharedPart(table: Table, input: UpdateTableInput): UpdateTableInput | undefined {
  if (!isGlobal2019(table)) return undefined;
  const given = SHARED.filter((name) => input[name] !== undefined);
  if (given.length === 0) return undefined;
  const { TableName, AttributeDefinitions } = input;
  const shared = Object.fromEntries(given.map((name) => [name, input[name]]));
  return { TableName, AttributeDefinitions, ...shared };
}
