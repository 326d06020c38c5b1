import type { TableDescription } from '@aws-sdk/client-dynamodb';
import { isReservedTag } from '../../../kernel/reserved-tags.ts';
import type { ResourceModels } from '../../../models/generated/resource-types.ts';

type Table = ResourceModels['AWS::DynamoDB::Table'];

/** A table's description in the words of its resource type. */
export function describedTable(
  described: TableDescription,
  tags: Readonly<Record<string, string>>,
): Table {
  const {
    BillingModeSummary,
    OnDemandThroughput: limits,
    ProvisionedThroughput: units,
  } = described;
  const BillingMode = BillingModeSummary?.BillingMode ?? 'PROVISIONED';
  const Tags = Object.entries(tags)
    .filter(([key]) => !isReservedTag(key))
    .map(([Key, Value]) => ({ Key, Value }));
  return {
    TableName: described.TableName!,
    Arn: described.TableArn!,
    AttributeDefinitions: described.AttributeDefinitions as Table['AttributeDefinitions'] & object,
    KeySchema: described.KeySchema as Table['KeySchema'],
    BillingMode,
    ...(BillingMode === 'PROVISIONED' && {
      ProvisionedThroughput: {
        ReadCapacityUnits: units!.ReadCapacityUnits!,
        WriteCapacityUnits: units!.WriteCapacityUnits!,
      },
    }),
    ...(limits && { OnDemandThroughput: limits }),
    ...(described.TableClassSummary && { TableClass: described.TableClassSummary.TableClass! }),
    ...(described.SSEDescription && {
      SSESpecification: {
        SSEEnabled: true,
        SSEType: described.SSEDescription.SSEType!,
        KMSMasterKeyId: described.SSEDescription.KMSMasterKeyArn!,
      },
    }),
    DeletionProtectionEnabled: described.DeletionProtectionEnabled ?? false,
    ...(Tags.length > 0 && { Tags }),
  };
}
