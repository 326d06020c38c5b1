import type { BackupDescription, BackupDetails, BackupSummary } from '@aws-sdk/client-dynamodb';
import type { Backup } from './backups.ts';
import { createInputOf } from './create-input.ts';
import { describeTable } from './describe-table.ts';
import type { Size } from './statistics.ts';

/** A backup as DescribeBackup shows it. */
export function describeBackup(backup: Backup, size: Size): BackupDescription {
  const { table } = backup;
  const described = describeTable(table, backup.createdAtMs);
  const like = createInputOf(table, table.name);
  return {
    BackupDetails: describeDetails(backup, size),
    SourceTableDetails: {
      TableName: table.name,
      TableId: table.id,
      TableArn: table.arn,
      TableSizeBytes: size.bytes,
      KeySchema: described.KeySchema,
      TableCreationDateTime: described.CreationDateTime,
      ProvisionedThroughput: {
        ReadCapacityUnits: described.ProvisionedThroughput!.ReadCapacityUnits,
        WriteCapacityUnits: described.ProvisionedThroughput!.WriteCapacityUnits,
      },
      OnDemandThroughput: described.OnDemandThroughput,
      ItemCount: size.items,
      BillingMode: table.billing.mode,
    },
    SourceTableFeatureDetails: {
      LocalSecondaryIndexes: like.LocalSecondaryIndexes,
      GlobalSecondaryIndexes: like.GlobalSecondaryIndexes,
      StreamDescription: described.StreamSpecification,
      SSEDescription: described.SSEDescription,
    },
  };
}

export function describeDetails(backup: Backup, { bytes }: Size): BackupDetails {
  return {
    BackupArn: backup.arn,
    BackupName: backup.name,
    BackupSizeBytes: bytes,
    BackupStatus: backup.status,
    BackupType: backup.type,
    BackupCreationDateTime: new Date(backup.createdAtMs),
    ...(backup.expiresAtMs !== undefined && {
      BackupExpiryDateTime: new Date(backup.expiresAtMs),
    }),
  };
}

/** A backup as ListBackups shows it. */
export function summarizeBackup(backup: Backup, size: Size): BackupSummary {
  const { name: TableName, id: TableId, arn: TableArn } = backup.table;
  return { TableName, TableId, TableArn, ...describeDetails(backup, size) };
}
