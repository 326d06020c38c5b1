import type {
  AutoScalingSettingsDescription,
  AutoScalingSettingsUpdate,
  ReplicaAutoScalingDescription,
  UpdateTableReplicaAutoScalingInput,
} from '@aws-sdk/client-dynamodb';
import { ownerOf } from './replicas.ts';
import type { Table } from './table.ts';
import { statusOf } from './table.ts';

/** Between which units a replica's throughput should move. It is kept; nothing is scaled. */
export interface ReplicaScaling {
  readonly read?: AutoScalingSettingsDescription;
  readonly write?: AutoScalingSettingsDescription;
}

const OFF: AutoScalingSettingsDescription = { AutoScalingDisabled: true, ScalingPolicies: [] };

/** One replica with the settings that a request asks of all, and of its region. */
export function withScaling(table: Table, input: UpdateTableReplicaAutoScalingInput): Table {
  const { region } = ownerOf(table);
  const own = input.ReplicaUpdates?.find(({ RegionName }) => RegionName === region);
  const write = input.ProvisionedWriteCapacityAutoScalingUpdate;
  const indexes = table.indexes?.map((index) => {
    const named = ({ IndexName }: { readonly IndexName?: string }) => IndexName === index.name;
    const { ProvisionedWriteCapacityAutoScalingUpdate: writes } =
      input.GlobalSecondaryIndexUpdates?.find(named) ?? {};
    const { ProvisionedReadCapacityAutoScalingUpdate: reads } =
      own?.ReplicaGlobalSecondaryIndexUpdates?.find(named) ?? {};
    const scaling = changed(index.scaling, index.name, reads, writes);
    return scaling ? { ...index, scaling } : index;
  });
  const read = own?.ReplicaProvisionedReadCapacityAutoScalingUpdate;
  const scaling = changed(table.scaling, table.name, read, write);
  return { ...table, ...(indexes && { indexes }), ...(scaling && { scaling }) };
}

function changed(
  standing: ReplicaScaling | undefined,
  name: string,
  read: AutoScalingSettingsUpdate | undefined,
  write: AutoScalingSettingsUpdate | undefined,
): ReplicaScaling | undefined {
  if (!read && !write) return standing;
  return {
    ...standing,
    ...(read && { read: settingsOf(read, `DynamoDBReadCapacityUtilization:table/${name}`) }),
    ...(write && { write: settingsOf(write, `DynamoDBWriteCapacityUtilization:table/${name}`) }),
  };
}

function settingsOf(
  { ScalingPolicyUpdate: policy, AutoScalingDisabled, ...limits }: AutoScalingSettingsUpdate,
  usualName: string,
): AutoScalingSettingsDescription {
  if (AutoScalingDisabled) return OFF;
  return {
    ...limits,
    ...(policy && { ScalingPolicies: [{ PolicyName: usualName, ...policy }] }),
  };
}

/** A replica's settings as AWS shows them. */
export function describeScaling(table: Table): ReplicaAutoScalingDescription {
  const { read = OFF, write = OFF } = table.scaling ?? {};
  return {
    RegionName: ownerOf(table).region,
    GlobalSecondaryIndexes: (table.indexes ?? [])
      .filter(({ kind }) => kind === 'global')
      .map(({ name, status, scaling }) => ({
        IndexName: name,
        IndexStatus: status,
        ProvisionedReadCapacityAutoScalingSettings: scaling?.read ?? OFF,
        ProvisionedWriteCapacityAutoScalingSettings: scaling?.write ?? OFF,
      })),
    ReplicaProvisionedReadCapacityAutoScalingSettings: read,
    ReplicaProvisionedWriteCapacityAutoScalingSettings: write,
    ReplicaStatus: statusOf(table),
  };
}
