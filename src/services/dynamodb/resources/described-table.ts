import type {
  GlobalSecondaryIndexDescription,
  ProvisionedThroughputDescription,
  TableDescription,
} from '@aws-sdk/client-dynamodb';
import { isReservedTag } from '../../../kernel/reserved-tags.ts';
import { ON_DEMAND } from '../domain/billing.ts';
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
      ProvisionedThroughput: unitsOf(units!),
    }),
    ...(limits && { OnDemandThroughput: limits }),
    ...describedIndexes(described, BillingMode),
    ...describedWarmth(described, BillingMode),
    ...(described.StreamSpecification && {
      StreamSpecification: { StreamViewType: described.StreamSpecification.StreamViewType! },
    }),
    ...(described.LatestStreamArn && { StreamArn: described.LatestStreamArn }),
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

/** Throughput is a property of global indexes only where it is provisioned. */
function describedIndexes(
  { GlobalSecondaryIndexes: global, LocalSecondaryIndexes: local }: TableDescription,
  mode: string,
): Pick<Table, 'GlobalSecondaryIndexes' | 'LocalSecondaryIndexes'> {
  return {
    ...(global && {
      GlobalSecondaryIndexes: global.map((index) => ({
        ...shapeOf(index),
        ...(mode === 'PROVISIONED' && {
          ProvisionedThroughput: unitsOf(index.ProvisionedThroughput!),
        }),
        ...(index.OnDemandThroughput && { OnDemandThroughput: index.OnDemandThroughput }),
      })),
    }),
    ...(local && { LocalSecondaryIndexes: local.map(shapeOf) }),
  };
}

/** Only where it is more than the mode gives by itself. */
function describedWarmth(
  { WarmThroughput: warm, ProvisionedThroughput: units }: TableDescription,
  mode: string,
): Pick<Table, 'WarmThroughput'> {
  const { ReadUnitsPerSecond, WriteUnitsPerSecond } = warm ?? {};
  if (ReadUnitsPerSecond === undefined || WriteUnitsPerSecond === undefined) return {};
  const [read, write] =
    mode === 'PROVISIONED'
      ? [units!.ReadCapacityUnits, units!.WriteCapacityUnits]
      : [ON_DEMAND.readUnits, ON_DEMAND.writeUnits];
  if (read === ReadUnitsPerSecond && write === WriteUnitsPerSecond) return {};
  return { WarmThroughput: { ReadUnitsPerSecond, WriteUnitsPerSecond } };
}

function shapeOf({
  IndexName,
  KeySchema,
  Projection,
}: Pick<GlobalSecondaryIndexDescription, 'IndexName' | 'KeySchema' | 'Projection'>) {
  return {
    IndexName: IndexName!,
    KeySchema: KeySchema as Table['KeySchema'],
    Projection: { ...Projection },
  };
}

function unitsOf({ ReadCapacityUnits, WriteCapacityUnits }: ProvisionedThroughputDescription) {
  return { ReadCapacityUnits: ReadCapacityUnits!, WriteCapacityUnits: WriteCapacityUnits! };
}
