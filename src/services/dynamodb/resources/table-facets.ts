import { isDeepStrictEqual } from 'node:util';
import { AwsError } from '../../../kernel/aws-error.ts';
import type { ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import type { ResourceModels } from '../../../models/generated/resource-types.ts';

type Table = ResourceModels['AWS::DynamoDB::Table'];
type Insights = NonNullable<Table['ContributorInsightsSpecification']>;

/** Which table, by name and ARN. */
export interface TableIdentity {
  readonly TableName: string;
  readonly ResourceArn: string;
}

/** A property that has operations of its own, beside CreateTable and UpdateTable. */
interface Facet<P extends keyof Table> {
  readonly property: P;
  /** As it stands; `undefined` where it is off. */
  read(table: TableIdentity, context: ResourceContext): Promise<Table[P]>;
  /** Brings it about, where it differs from what stands. */
  apply(
    desired: Table[P],
    standing: Table[P],
    table: TableIdentity,
    context: ResourceContext,
  ): Promise<unknown>;
}

const timeToLive: Facet<'TimeToLiveSpecification'> = {
  property: 'TimeToLiveSpecification',
  async read({ TableName }, { invoke }) {
    const { TimeToLiveDescription: found } = await invoke(model.DescribeTimeToLive, { TableName });
    if (!found?.TimeToLiveStatus?.startsWith('ENABL')) return undefined;
    return { Enabled: true, AttributeName: found.AttributeName! };
  },
  async apply(desired, standing, { TableName }, { invoke }) {
    const { AttributeName } = desired?.Enabled ? desired : standing!;
    const TimeToLiveSpecification = { Enabled: desired?.Enabled ?? false, AttributeName };
    await invoke(model.UpdateTimeToLive, { TableName, TimeToLiveSpecification });
  },
};

const recovery: Facet<'PointInTimeRecoverySpecification'> = {
  property: 'PointInTimeRecoverySpecification',
  async read({ TableName }, { invoke }) {
    const { ContinuousBackupsDescription: found } = await invoke(model.DescribeContinuousBackups, {
      TableName,
    });
    const { PointInTimeRecoveryStatus: status, RecoveryPeriodInDays } =
      found?.PointInTimeRecoveryDescription ?? {};
    if (status !== 'ENABLED') return undefined;
    return { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: RecoveryPeriodInDays! };
  },
  async apply(desired, _standing, { TableName }, { invoke }) {
    const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: false, ...desired };
    await invoke(model.UpdateContinuousBackups, { TableName, PointInTimeRecoverySpecification });
  },
};

const kinesis: Facet<'KinesisStreamSpecification'> = {
  property: 'KinesisStreamSpecification',
  async read({ TableName }, { invoke }) {
    const { KinesisDataStreamDestinations: found = [] } = await invoke(
      model.DescribeKinesisStreamingDestination,
      { TableName },
    );
    const active = found.find(({ DestinationStatus }) => DestinationStatus === 'ACTIVE');
    const precision = active?.ApproximateCreationDateTimePrecision;
    if (!active) return undefined;
    return {
      StreamArn: active.StreamArn!,
      ...(precision && { ApproximateCreationDateTimePrecision: precision }),
    };
  },
  async apply(desired, standing, { TableName }, { invoke }) {
    if (standing) {
      const { StreamArn } = standing;
      await invoke(model.DisableKinesisStreamingDestination, { TableName, StreamArn });
    }
    if (!desired) return;
    const { StreamArn, ApproximateCreationDateTimePrecision: precision } = desired;
    await invoke(model.EnableKinesisStreamingDestination, {
      ...{ TableName, StreamArn },
      ...(precision && {
        EnableKinesisStreamingConfiguration: {
          ApproximateCreationDateTimePrecision: precision as 'MILLISECOND' | 'MICROSECOND',
        },
      }),
    });
  },
};

const policy: Facet<'ResourcePolicy'> = {
  property: 'ResourcePolicy',
  async read({ ResourceArn }, { invoke }) {
    try {
      const { Policy } = await invoke(model.GetResourcePolicy, { ResourceArn });
      return { PolicyDocument: JSON.parse(Policy!) as unknown };
    } catch (error) {
      if (error instanceof AwsError && error.code === 'PolicyNotFoundException') return undefined;
      throw error;
    }
  },
  apply(desired, _standing, { ResourceArn }, { invoke }) {
    if (!desired) return invoke(model.DeleteResourcePolicy, { ResourceArn });
    return invoke(model.PutResourcePolicy, { ResourceArn, Policy: policyText(desired) });
  },
};

export function policyText({ PolicyDocument }: NonNullable<Table['ResourcePolicy']>): string {
  return typeof PolicyDocument === 'string' ? PolicyDocument : JSON.stringify(PolicyDocument);
}

const insights: Facet<'ContributorInsightsSpecification'> = {
  property: 'ContributorInsightsSpecification',
  read: ({ TableName }, context) => readInsights(TableName, undefined, context),
  apply: (desired, _standing, { TableName }, context) =>
    applyInsights(desired, TableName, undefined, context),
};

const FACETS = [timeToLive, recovery, kinesis, policy, insights] as readonly Facet<keyof Table>[];

/** Those properties of a table as they stand. */
export async function readFacets(
  table: TableIdentity,
  context: ResourceContext,
): Promise<Partial<Table>> {
  const read = FACETS.map(async (facet) => {
    const value = await facet.read(table, context);
    return value === undefined ? {} : { [facet.property]: value };
  });
  return Object.assign({}, ...(await Promise.all(read))) as Partial<Table>;
}

/** Brings them about, with what hangs on the table's global indexes. */
export async function applyFacets(
  desired: Table,
  table: TableIdentity,
  context: ResourceContext,
): Promise<void> {
  for (const facet of FACETS) {
    const standing = await facet.read(table, context);
    const wanted = desired[facet.property];
    if (!covers(standing, wanted)) await facet.apply(wanted, standing, table, context);
  }
  const { TableName } = table;
  for (const { IndexName, ContributorInsightsSpecification } of desired.GlobalSecondaryIndexes ??
    []) {
    const standing = await readInsights(TableName, IndexName, context);
    if (covers(standing, ContributorInsightsSpecification)) continue;
    await applyInsights(ContributorInsightsSpecification, TableName, IndexName, context);
  }
}

/** Whether what stands is all that is wanted; what is off may be said in several ways. */
function covers(standing: unknown, wanted: unknown): boolean {
  if (isOff(wanted)) return standing === undefined;
  if (standing === undefined) return false;
  return isDeepStrictEqual(standing, { ...standing, ...(wanted as object) });
}

function isOff(wanted: unknown): boolean {
  if (wanted === undefined) return true;
  const { Enabled, PointInTimeRecoveryEnabled } = wanted as {
    readonly Enabled?: boolean;
    readonly PointInTimeRecoveryEnabled?: boolean;
  };
  return Enabled === false || PointInTimeRecoveryEnabled === false;
}

export async function readInsights(
  TableName: string,
  IndexName: string | undefined,
  { invoke }: ResourceContext,
): Promise<Insights | undefined> {
  const { ContributorInsightsStatus: status, ContributorInsightsMode: Mode } = await invoke(
    model.DescribeContributorInsights,
    { TableName, IndexName },
  );
  return status === 'ENABLED' ? { Enabled: true, ...(Mode && { Mode }) } : undefined;
}

function applyInsights(
  desired: Insights | undefined,
  TableName: string,
  IndexName: string | undefined,
  { invoke }: ResourceContext,
): Promise<unknown> {
  return invoke(model.UpdateContributorInsights, {
    ...{ TableName, IndexName },
    ContributorInsightsAction: desired?.Enabled ? 'ENABLE' : 'DISABLE',
    ...(desired?.Mode && {
      ContributorInsightsMode: desired.Mode as 'ACCESSED_AND_THROTTLED_KEYS',
    }),
  });
}
