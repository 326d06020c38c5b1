import { isDeepStrictEqual } from 'node:util';
import type {
  CreateTableInput,
  RestoreTableFromBackupInput,
  RestoreTableToPointInTimeInput,
} from '@aws-sdk/client-dynamodb';
import { invalidParameters } from '../errors.ts';
import { createInputOf } from './create-input.ts';
import type { Table } from './table.ts';

type Overrides = Pick<
  RestoreTableFromBackupInput & RestoreTableToPointInTimeInput,
  | 'BillingModeOverride'
  | 'ProvisionedThroughputOverride'
  | 'OnDemandThroughputOverride'
  | 'GlobalSecondaryIndexOverride'
  | 'LocalSecondaryIndexOverride'
  | 'SSESpecificationOverride'
>;

/** What creates the table that a restore makes: the source's settings where none are given. */
export function restoreInput(
  source: Table,
  TableName: string,
  overrides: Overrides,
): CreateTableInput {
  const like = createInputOf(source, TableName);
  const { BillingModeOverride: mode = like.BillingMode } = overrides;
  const sameMode = mode === like.BillingMode;
  const global = chosen(like.GlobalSecondaryIndexes, overrides.GlobalSecondaryIndexOverride);
  const local = chosen(like.LocalSecondaryIndexes, overrides.LocalSecondaryIndexOverride);
  return {
    ...like,
    BillingMode: mode,
    ProvisionedThroughput:
      overrides.ProvisionedThroughputOverride ??
      (sameMode ? like.ProvisionedThroughput : undefined),
    OnDemandThroughput:
      overrides.OnDemandThroughputOverride ?? (sameMode ? like.OnDemandThroughput : undefined),
    GlobalSecondaryIndexes: sameMode
      ? global
      : global?.map((index) => ({
          ...index,
          // units of the source's mode say nothing in the other; those that were asked for do
          ...(!overrides.GlobalSecondaryIndexOverride && {
            ProvisionedThroughput: overrides.ProvisionedThroughputOverride,
            OnDemandThroughput: undefined,
          }),
        })),
    LocalSecondaryIndexes: local,
    AttributeDefinitions: definitionsUsed(like, [...(global ?? []), ...(local ?? [])]),
    SSESpecification: overrides.SSESpecificationOverride ?? like.SSESpecification,
  };
}

type Asked = NonNullable<CreateTableInput['LocalSecondaryIndexes']>[number];

/** Indexes can be left out of a restore, and new ones cannot be added. */
function chosen<Index extends Asked>(
  standing: Index[] | undefined,
  override: Index[] | undefined,
): Index[] | undefined {
  if (!override) return standing;
  for (const { IndexName, KeySchema, Projection } of override) {
    const known = standing?.find((index) => index.IndexName === IndexName);
    if (isDeepStrictEqual(known?.KeySchema, KeySchema) && sameProjection(known, Projection)) {
      continue;
    }
    throw invalidParameters(`Index ${IndexName} does not match an index of the source table`);
  }
  return override.length === 0 ? undefined : override;
}

function sameProjection(known: Asked | undefined, asked: Asked['Projection']): boolean {
  const { ProjectionType, NonKeyAttributes = [] } = known?.Projection ?? {};
  return (
    ProjectionType === asked?.ProjectionType &&
    isDeepStrictEqual(NonKeyAttributes, asked?.NonKeyAttributes ?? [])
  );
}

/** Attributes that only an index defined that is left out are not defined any more. */
function definitionsUsed(
  { AttributeDefinitions, KeySchema }: CreateTableInput,
  indexes: readonly Asked[],
): CreateTableInput['AttributeDefinitions'] {
  const schemas = [KeySchema, ...indexes.map((index) => index.KeySchema)];
  const used = new Set(schemas.flatMap((schema = []) => schema.map((key) => key.AttributeName)));
  return AttributeDefinitions!.filter(({ AttributeName }) => used.has(AttributeName));
}
