import type { GlobalTableDescription, ReplicaSettingsDescription } from '@aws-sdk/client-dynamodb';
import { partitionOf } from '../../../kernel/arn.ts';
import type { GlobalTableGroup } from './global-tables-2017.ts';
import { describeScaling } from './replica-scaling.ts';
import type { Table } from './table.ts';
import { ownerOf } from './replicas.ts';
import { statusOf } from './table.ts';

/** The ARN of a global table names no region. */
export function globalTableArn(region: string, account: string, name: string): string {
  return `arn:${partitionOf(region)}:dynamodb::${account}:global-table/${name}`;
}

/** A global table as the operations of version 2017.11.29 show it to a caller in `region`. */
export function describeGlobalTable2017(
  { account, name, createdAtMs, status, tables }: GlobalTableGroup,
  region: string,
): GlobalTableDescription {
  return {
    ReplicationGroup: tables.map((table) => ({ RegionName: ownerOf(table).region })),
    GlobalTableArn: globalTableArn(region, account, name),
    CreationDateTime: new Date(createdAtMs),
    GlobalTableStatus: status,
    GlobalTableName: name,
  };
}

/** A replica's throughput and what it should move between. */
export function describeReplicaSettings(table: Table): ReplicaSettingsDescription {
  const { billing, tableClass, indexes = [] } = table;
  const { RegionName, GlobalSecondaryIndexes: scalings, ...scaling } = describeScaling(table);
  const global = indexes.filter(({ kind }) => kind === 'global');
  return {
    RegionName,
    ReplicaStatus: statusOf(table),
    ...(billing.onDemandSinceMs !== undefined && {
      ReplicaBillingModeSummary: {
        BillingMode: billing.mode,
        LastUpdateToPayPerRequestDateTime: new Date(billing.onDemandSinceMs),
      },
    }),
    ReplicaProvisionedReadCapacityUnits: billing.readUnits,
    ReplicaProvisionedReadCapacityAutoScalingSettings:
      scaling.ReplicaProvisionedReadCapacityAutoScalingSettings,
    ReplicaProvisionedWriteCapacityUnits: billing.writeUnits,
    ReplicaProvisionedWriteCapacityAutoScalingSettings:
      scaling.ReplicaProvisionedWriteCapacityAutoScalingSettings,
    ...(global.length > 0 && {
      ReplicaGlobalSecondaryIndexSettings: global.map((index, at) => ({
        IndexName: index.name,
        ...scalings![at],
        ProvisionedReadCapacityUnits: index.billing!.readUnits,
        ProvisionedWriteCapacityUnits: index.billing!.writeUnits,
      })),
    }),
    ...(tableClass && { ReplicaTableClassSummary: { TableClass: tableClass } }),
  };
}
