import { isDeepStrictEqual } from 'node:util';
import type {
  GlobalSecondaryIndex,
  GlobalSecondaryIndexDescription,
  TableDescription,
  UpdateTableInput,
  WarmThroughput,
} from '@aws-sdk/client-dynamodb';
import type { ResourceModels } from '../../../models/generated/resource-types.ts';
import { parameterNotImplemented, validation } from '../errors.ts';

type Table = ResourceModels['AWS::DynamoDB::Table'];
type DesiredIndex = NonNullable<Table['GlobalSecondaryIndexes']>[number];
export type TableUpdate = Omit<UpdateTableInput, 'TableName'>;

/**
 * The next UpdateTable that brings a table nearer to what is desired, as AWS takes one change at a
 * time; `undefined` once there is nothing left. Indexes go first and come last, so that a change of
 * the billing mode meets only those that stay.
 */
export function nextUpdate(desired: Table, standing: TableDescription): TableUpdate | undefined {
  return (
    indexToDelete(desired, standing) ??
    throughput(desired, standing) ??
    limits(desired, standing) ??
    warmth(desired, standing) ??
    indexThroughput(desired, standing) ??
    settings(desired, standing) ??
    stream(desired, standing) ??
    indexToCreate(desired, standing)
  );
}

/** Refuses what CloudFormation refuses of index changes, before anything is changed. */
export function checkIndexChanges(desired: Table, previous: Table): void {
  const before = previous.GlobalSecondaryIndexes ?? [];
  const after = desired.GlobalSecondaryIndexes ?? [];
  const added = after.filter(({ IndexName }) => !named(before, IndexName));
  const removed = before.filter(({ IndexName }) => !named(after, IndexName));
  if (added.length + removed.length > 1) {
    throw validation('Cannot perform more than one GSI creation or deletion in a single update');
  }
  for (const index of after) {
    const was = named(before, index.IndexName);
    if (!was || isDeepStrictEqual(shapeOf(index), shapeOf(was))) continue;
    throw validation(
      "Cannot update GSI's properties other than Provisioned Throughput and Contributor Insights Specification. You can create a new GSI with a different name.",
    );
  }
}

function shapeOf({ KeySchema, Projection }: DesiredIndex) {
  return { KeySchema, Projection };
}

function named<I extends { readonly IndexName?: string }>(
  indexes: readonly I[] | undefined,
  name: string | undefined,
): I | undefined {
  return indexes?.find(({ IndexName }) => IndexName === name);
}

function modeOf({ BillingModeSummary }: TableDescription): string {
  return BillingModeSummary?.BillingMode ?? 'PROVISIONED';
}

function indexToDelete(desired: Table, standing: TableDescription): TableUpdate | undefined {
  const index = standing.GlobalSecondaryIndexes?.find(
    ({ IndexName }) => !named(desired.GlobalSecondaryIndexes, IndexName),
  );
  return index && { GlobalSecondaryIndexUpdates: [{ Delete: { IndexName: index.IndexName } }] };
}

function indexToCreate(desired: Table, standing: TableDescription): TableUpdate | undefined {
  const index = desired.GlobalSecondaryIndexes?.find(
    ({ IndexName }) => !named(standing.GlobalSecondaryIndexes, IndexName),
  );
  if (!index) return undefined;
  return {
    AttributeDefinitions: desired.AttributeDefinitions as TableUpdate['AttributeDefinitions'],
    GlobalSecondaryIndexUpdates: [{ Create: indexInput(index) }],
  };
}

/** An index without what has an operation of its own. */
export function indexInput({
  ContributorInsightsSpecification: _insights,
  ...index
}: DesiredIndex): GlobalSecondaryIndex {
  return index as GlobalSecondaryIndex;
}

/** Mode and provisioned units, of table and indexes together. */
function throughput(desired: Table, standing: TableDescription): TableUpdate | undefined {
  const mode = desired.BillingMode ?? 'PROVISIONED';
  const switching = mode !== modeOf(standing);
  if (mode === 'PAY_PER_REQUEST') return switching ? { BillingMode: mode } : undefined;
  const units = desired.ProvisionedThroughput;
  const updates = (standing.GlobalSecondaryIndexes ?? []).flatMap((index) => {
    const wanted = named(desired.GlobalSecondaryIndexes, index.IndexName)?.ProvisionedThroughput;
    if (!wanted || (!switching && hasUnits(index, wanted))) return [];
    return [{ Update: { IndexName: index.IndexName, ProvisionedThroughput: wanted } }];
  });
  const changed = switching || (units && !hasUnits(standing, units));
  if (!changed && updates.length === 0) return undefined;
  return {
    ...(switching && { BillingMode: mode as 'PROVISIONED' }),
    ...(changed && { ProvisionedThroughput: units }),
    ...(updates.length > 0 && { GlobalSecondaryIndexUpdates: updates }),
  };
}

function hasUnits(
  { ProvisionedThroughput: standing }: TableDescription | GlobalSecondaryIndexDescription,
  wanted: { readonly ReadCapacityUnits: number; readonly WriteCapacityUnits: number },
): boolean {
  return (
    standing?.ReadCapacityUnits === wanted.ReadCapacityUnits &&
    standing.WriteCapacityUnits === wanted.WriteCapacityUnits
  );
}

function limits(desired: Table, standing: TableDescription): TableUpdate | undefined {
  if (modeOf(standing) !== 'PAY_PER_REQUEST') return undefined;
  const changed = changedLimits(desired, standing);
  return changed && { OnDemandThroughput: changed };
}

/** A limit that is not desired is lifted by -1. */
function changedLimits(
  { OnDemandThroughput: desired }: Pick<Table, 'OnDemandThroughput'>,
  { OnDemandThroughput: standing }: Pick<TableDescription, 'OnDemandThroughput'>,
): TableUpdate['OnDemandThroughput'] {
  const { MaxReadRequestUnits = -1, MaxWriteRequestUnits = -1 } = desired ?? {};
  const same =
    MaxReadRequestUnits === (standing?.MaxReadRequestUnits ?? -1) &&
    MaxWriteRequestUnits === (standing?.MaxWriteRequestUnits ?? -1);
  return same ? undefined : { MaxReadRequestUnits, MaxWriteRequestUnits };
}

function warmth(desired: Table, standing: TableDescription): TableUpdate | undefined {
  const changed = changedWarmth(desired, standing);
  return changed && { WarmThroughput: changed };
}

function changedWarmth(
  { WarmThroughput: desired }: Pick<Table, 'WarmThroughput'>,
  { WarmThroughput: standing }: { readonly WarmThroughput?: WarmThroughput },
): TableUpdate['WarmThroughput'] {
  const differs = (['ReadUnitsPerSecond', 'WriteUnitsPerSecond'] as const).some(
    (member) => desired?.[member] !== undefined && desired[member] !== standing?.[member],
  );
  return differs ? desired : undefined;
}

function indexThroughput(desired: Table, standing: TableDescription): TableUpdate | undefined {
  const onDemand = modeOf(standing) === 'PAY_PER_REQUEST';
  const updates = (standing.GlobalSecondaryIndexes ?? []).flatMap((index) => {
    const wanted = named(desired.GlobalSecondaryIndexes, index.IndexName);
    if (!wanted) return [];
    const OnDemandThroughput = onDemand ? changedLimits(wanted, index) : undefined;
    const warm = changedWarmth(wanted, index);
    if (!OnDemandThroughput && !warm) return [];
    return [{ Update: { IndexName: index.IndexName, OnDemandThroughput, WarmThroughput: warm } }];
  });
  return updates.length > 0 ? { GlobalSecondaryIndexUpdates: updates } : undefined;
}

function settings(desired: Table, standing: TableDescription): TableUpdate | undefined {
  const TableClass = (desired.TableClass ?? 'STANDARD') as NonNullable<TableUpdate['TableClass']>;
  if (TableClass !== (standing.TableClassSummary?.TableClass ?? 'STANDARD')) return { TableClass };
  const SSESpecification = encryption(desired, standing);
  if (SSESpecification) return { SSESpecification };
  const DeletionProtectionEnabled = desired.DeletionProtectionEnabled ?? false;
  if (DeletionProtectionEnabled === standing.DeletionProtectionEnabled) return undefined;
  return { DeletionProtectionEnabled };
}

/** A stream that shows something else is another one: the old one ends first. */
function stream(desired: Table, standing: TableDescription): TableUpdate | undefined {
  const StreamViewType = desired.StreamSpecification?.StreamViewType;
  const shown = standing.StreamSpecification?.StreamViewType;
  if (shown === StreamViewType) return undefined;
  if (shown !== undefined) return { StreamSpecification: { StreamEnabled: false } };
  return { StreamSpecification: streamInput({ StreamViewType: StreamViewType! }) };
}

/** CloudFormation's words for a stream in DynamoDB's. */
export function streamInput({
  StreamViewType,
  ResourcePolicy,
  Tags,
}: NonNullable<Table['StreamSpecification']>): NonNullable<TableUpdate['StreamSpecification']> {
  if (ResourcePolicy)
    throw parameterNotImplemented('CreateTable', 'StreamSpecification.ResourcePolicy');
  if (Tags) throw parameterNotImplemented('CreateTable', 'StreamSpecification.Tags');
  return { StreamEnabled: true, StreamViewType: StreamViewType as 'KEYS_ONLY' };
}

function encryption(
  { SSESpecification: desired }: Table,
  { SSEDescription: standing }: TableDescription,
): TableUpdate['SSESpecification'] {
  if (!desired?.SSEEnabled) return standing ? { Enabled: false } : undefined;
  const { KMSMasterKeyId: key = 'alias/aws/dynamodb' } = desired;
  if (standing?.KMSMasterKeyArn?.endsWith(key)) return undefined;
  return encryptionInput(desired);
}

/** CloudFormation's words for encryption in DynamoDB's. */
export function encryptionInput({
  SSEEnabled,
  KMSMasterKeyId,
  SSEType,
}: NonNullable<Table['SSESpecification']>): NonNullable<TableUpdate['SSESpecification']> {
  return {
    Enabled: SSEEnabled,
    ...(KMSMasterKeyId !== undefined && { KMSMasterKeyId }),
    ...(SSEType !== undefined && { SSEType: SSEType as 'KMS' }),
  };
}
