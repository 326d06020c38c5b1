import type { CreateTableInput, TableDescription } from '@aws-sdk/client-dynamodb';
import { AwsError } from '../../../kernel/aws-error.ts';
import { bearsReservedTags } from '../../../kernel/reserved-tags.ts';
import { type ResourceContext, resourceType } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import type { ResourceModels } from '../../../models/generated/resource-types.ts';
import { describedTable } from './described-table.ts';
import type { TableIdentity } from './table-facets.ts';
import { applyFacets, policyText, readFacets } from './table-facets.ts';
import { tagsOf, toList, updateTags } from './table-tags.ts';
import {
  checkIndexChanges,
  encryptionInput,
  indexInput,
  nextUpdate,
  streamInput,
} from './table-update.ts';

type Table = ResourceModels['AWS::DynamoDB::Table'];

const MAX_NAME_LENGTH = 255;

export const table = resourceType('AWS::DynamoDB::Table', {
  properties: [
    'AttributeDefinitions',
    'BillingMode',
    'ContributorInsightsSpecification',
    'DeletionProtectionEnabled',
    'GlobalSecondaryIndexes',
    'KeySchema',
    'KinesisStreamSpecification',
    'LocalSecondaryIndexes',
    'OnDemandThroughput',
    'PointInTimeRecoverySpecification',
    'ProvisionedThroughput',
    'ResourcePolicy',
    'SSESpecification',
    'StreamSpecification',
    'TableClass',
    'TableName',
    'Tags',
    'TimeToLiveSpecification',
    'WarmThroughput',
  ],

  async create(desired, context) {
    const name = desired.TableName ?? context.generatedName(MAX_NAME_LENGTH);
    try {
      await context.invoke(model.CreateTable, createInput(name, desired, context));
    } catch (error) {
      if (!isCode(error, 'ResourceInUseException') || !(await isOurs(name, context))) throw error;
    }
    if (hasFacets(desired)) await complete(name, desired, context);
    return name;
  },

  stabilize: ready,

  async read(name, context) {
    const found = await describe(name, context);
    if (!found || found.TableStatus === 'DELETING') return undefined;
    const described = describedTable(found, await tagsOf(found.TableArn!, context));
    return { ...described, ...(await readFacets(identityOf(found), context)) };
  },

  async update(name, desired, previous, context) {
    checkIndexChanges(desired, previous);
    for (;;) {
      await ready(name, context);
      const standing = await describe(name, context);
      const change = nextUpdate(desired, standing!);
      if (!change) break;
      await context.invoke(model.UpdateTable, { TableName: name, ...change });
    }
    const identity = identityOf((await describe(name, context))!);
    await applyFacets(desired, identity, context);
    await updateTags(identity.ResourceArn, desired.Tags ?? [], context);
  },

  async delete(name, context) {
    try {
      await context.invoke(model.DeleteTable, { TableName: name });
    } catch (error) {
      // gone, or an earlier attempt is under way
      const status = (await describe(name, context))?.TableStatus;
      if (status !== undefined && status !== 'DELETING') throw error;
    }
    await context.until(async () => (await describe(name, context)) === undefined);
  },

  async list({ invoke }) {
    const names: string[] = [];
    let last: string | undefined;
    do {
      const page = await invoke(model.ListTables, { ExclusiveStartTableName: last });
      names.push(...(page.TableNames ?? []));
      last = page.LastEvaluatedTableName;
    } while (last);
    return names;
  },
});

function createInput(name: string, desired: Table, { tags }: ResourceContext): CreateTableInput {
  const { SSESpecification: encryption, StreamSpecification: stream, ResourcePolicy } = desired;
  const { GlobalSecondaryIndexes, Tags = [] } = desired;
  const own = Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value]));
  const created = CREATED.map((property) => [property, desired[property]] as const);
  return {
    ...(Object.fromEntries(created) as Partial<CreateTableInput>),
    TableName: name,
    ...(GlobalSecondaryIndexes && {
      GlobalSecondaryIndexes: GlobalSecondaryIndexes.map(indexInput),
    }),
    ...(encryption && { SSESpecification: encryptionInput(encryption) }),
    ...(stream && { StreamSpecification: streamInput(stream) }),
    ...(ResourcePolicy && { ResourcePolicy: policyText(ResourcePolicy) }),
    Tags: toList({ ...own, ...tags }),
  };
}

/** Properties that CreateTable takes under the same name and in the same form. */
const CREATED = [
  'AttributeDefinitions',
  'BillingMode',
  'DeletionProtectionEnabled',
  'KeySchema',
  'LocalSecondaryIndexes',
  'OnDemandThroughput',
  'ProvisionedThroughput',
  'TableClass',
  'WarmThroughput',
] as const;

/** What CreateTable does not take waits until the table is there. */
function hasFacets(desired: Table): boolean {
  return (
    desired.ContributorInsightsSpecification !== undefined ||
    desired.KinesisStreamSpecification !== undefined ||
    desired.PointInTimeRecoverySpecification !== undefined ||
    desired.TimeToLiveSpecification !== undefined ||
    (desired.GlobalSecondaryIndexes ?? []).some((index) => index.ContributorInsightsSpecification)
  );
}

/** A table that cannot be as desired does not stay behind. */
async function complete(name: string, desired: Table, context: ResourceContext): Promise<void> {
  await ready(name, context);
  const identity = identityOf((await describe(name, context))!);
  try {
    await applyFacets(desired, identity, context);
  } catch (error) {
    if (error instanceof AwsError) await context.invoke(model.DeleteTable, { TableName: name });
    throw error;
  }
}

function identityOf({ TableName, TableArn }: TableDescription): TableIdentity {
  return { TableName: TableName!, ResourceArn: TableArn! };
}

/** Resolves once nothing is under way; DynamoDB takes no second change before. */
function ready(name: string, context: ResourceContext): Promise<void> {
  return context.until(async () => {
    const found = await describe(name, context);
    if (!found) throw new Error(`Table ${name} is gone`);
    const indexes = found.GlobalSecondaryIndexes ?? [];
    return (
      found.TableStatus === 'ACTIVE' && indexes.every(({ IndexStatus }) => IndexStatus === 'ACTIVE')
    );
  });
}

async function describe(
  name: string,
  { invoke }: ResourceContext,
): Promise<TableDescription | undefined> {
  try {
    return (await invoke(model.DescribeTable, { TableName: name })).Table;
  } catch (error) {
    if (isCode(error, 'ResourceNotFoundException')) return undefined;
    throw error;
  }
}

/** Whether an earlier attempt at this creation made the table: its system tags say so. */
async function isOurs(name: string, context: ResourceContext): Promise<boolean> {
  const found = await describe(name, context);
  return (
    found !== undefined && bearsReservedTags(await tagsOf(found.TableArn!, context), context.tags)
  );
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof AwsError && error.code === code;
}
