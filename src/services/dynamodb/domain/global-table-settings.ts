import type {
  UpdateGlobalTableSettingsInput,
  UpdateTableInput,
  UpdateTableReplicaAutoScalingInput,
} from '@aws-sdk/client-dynamodb';
import { globalIndexNotFound, oldReplicaNotFound } from '../table-errors.ts';
import type { Units } from './billing.ts';
import { changedTable } from './changed-table.ts';
import type { ChangeContext } from './changed-indexes.ts';
import { withScaling } from './replica-scaling.ts';
import { ownerOf } from './replicas.ts';
import type { Table } from './table.ts';
import type { IndexAction } from './update-request.ts';

/** @throws ReplicaNotFoundException, IndexNotFoundException where a request names what is not there */
export function checkSettingsRequest(
  input: UpdateGlobalTableSettingsInput,
  tables: readonly Table[],
): void {
  const name = input.GlobalTableName!;
  const regions = tables.map((table) => ownerOf(table).region);
  const indexes = (tables[0]?.indexes ?? []).filter(({ kind }) => kind === 'global');
  const named = [
    ...(input.GlobalTableGlobalSecondaryIndexSettingsUpdate ?? []),
    ...(input.ReplicaSettingsUpdate ?? []).flatMap(
      ({ ReplicaGlobalSecondaryIndexSettingsUpdate: its = [] }) => its,
    ),
  ];
  for (const { RegionName } of input.ReplicaSettingsUpdate ?? []) {
    if (!regions.includes(RegionName!)) throw oldReplicaNotFound(name, RegionName!);
  }
  for (const { IndexName } of named) {
    if (!indexes.some((index) => index.name === IndexName)) {
      throw globalIndexNotFound(IndexName!, name);
    }
  }
}

/**
 * One replica with what a request asks of all, which is how much can be written, and of its region,
 * which is how much can be read. What is as asked already stays as it is.
 */
export function withGlobalSettings(
  table: Table,
  input: UpdateGlobalTableSettingsInput,
  context: ChangeContext,
): Table {
  const { region } = ownerOf(table);
  const own = input.ReplicaSettingsUpdate?.find(({ RegionName }) => RegionName === region);
  const mode = input.GlobalTableBillingMode ?? table.billing.mode;
  const isSwitched = mode !== table.billing.mode;
  const units = unitsAsked(table.billing, isSwitched, {
    readUnits: own?.ReplicaProvisionedReadCapacityUnits,
    writeUnits: input.GlobalTableProvisionedWriteCapacityUnits,
  });
  const tableClass = own?.ReplicaTableClass;
  const update: UpdateTableInput = {
    TableName: table.name,
    ...(isSwitched && { BillingMode: mode }),
    ...(units && { ProvisionedThroughput: units }),
    ...(tableClass && { TableClass: tableClass }),
  };
  const actions = (table.indexes ?? []).flatMap((index): IndexAction[] => {
    const isIts = ({ IndexName }: { readonly IndexName: string | undefined }) =>
      IndexName === index.name;
    const all = input.GlobalTableGlobalSecondaryIndexSettingsUpdate?.find(isIts);
    const its = own?.ReplicaGlobalSecondaryIndexSettingsUpdate?.find(isIts);
    const asked = unitsAsked(index.billing ?? table.billing, isSwitched, {
      readUnits: its?.ProvisionedReadCapacityUnits,
      writeUnits: all?.ProvisionedWriteCapacityUnits,
    });
    if (!asked) return [];
    return [{ kind: 'Update', asked: { IndexName: index.name, ProvisionedThroughput: asked } }];
  });
  return withScaling(changedTable(table, update, actions, context), scalingRequest(input));
}

/** Both kinds of units where one is asked for; nothing where that would change nothing. */
function unitsAsked(
  standing: Units,
  isSwitched: boolean,
  { readUnits, writeUnits }: { readonly [Kind in keyof Units]: number | undefined },
) {
  const isAsked = readUnits !== undefined || writeUnits !== undefined;
  // what had no units before is to be given both
  const isWhole = readUnits !== undefined && writeUnits !== undefined;
  if (!isAsked || (isSwitched && !isWhole)) return undefined;
  const asked = {
    ReadCapacityUnits: readUnits ?? standing.readUnits,
    WriteCapacityUnits: writeUnits ?? standing.writeUnits,
  };
  const isSame =
    asked.ReadCapacityUnits === standing.readUnits &&
    asked.WriteCapacityUnits === standing.writeUnits;
  return isSame ? undefined : asked;
}

/** The same wishes in the words of UpdateTableReplicaAutoScaling. */
function scalingRequest(input: UpdateGlobalTableSettingsInput): UpdateTableReplicaAutoScalingInput {
  return {
    TableName: input.GlobalTableName,
    ProvisionedWriteCapacityAutoScalingUpdate:
      input.GlobalTableProvisionedWriteCapacityAutoScalingSettingsUpdate,
    GlobalSecondaryIndexUpdates: input.GlobalTableGlobalSecondaryIndexSettingsUpdate?.map(
      ({ IndexName, ProvisionedWriteCapacityAutoScalingSettingsUpdate: write }) => ({
        IndexName,
        ProvisionedWriteCapacityAutoScalingUpdate: write,
      }),
    ),
    ReplicaUpdates: input.ReplicaSettingsUpdate?.map(
      ({
        RegionName,
        ReplicaProvisionedReadCapacityAutoScalingSettingsUpdate: read,
        ReplicaGlobalSecondaryIndexSettingsUpdate: indexes,
      }) => ({
        RegionName,
        ReplicaProvisionedReadCapacityAutoScalingUpdate: read,
        ReplicaGlobalSecondaryIndexUpdates: indexes?.map(
          ({ IndexName, ProvisionedReadCapacityAutoScalingSettingsUpdate }) => ({
            IndexName,
            ProvisionedReadCapacityAutoScalingUpdate:
              ProvisionedReadCapacityAutoScalingSettingsUpdate,
          }),
        ),
      }),
    ),
  };
}
