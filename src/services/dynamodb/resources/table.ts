import { isDeepStrictEqual } from 'node:util';
import type {
  CreateTableInput,
  TableDescription,
  UpdateTableInput,
} from '@aws-sdk/client-dynamodb';
import { AwsError } from '../../../kernel/aws-error.ts';
import { bearsReservedTags } from '../../../kernel/reserved-tags.ts';
import { type ResourceContext, resourceType } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import type { ResourceModels } from '../../../models/generated/resource-types.ts';
import { describedTable } from './described-table.ts';
import { tagsOf, toList, updateTags } from './table-tags.ts';

type Table = ResourceModels['AWS::DynamoDB::Table'];

const MAX_NAME_LENGTH = 255;

export const table = resourceType('AWS::DynamoDB::Table', {
  properties: [
    'AttributeDefinitions',
    'BillingMode',
    'DeletionProtectionEnabled',
    'GlobalSecondaryIndexes',
    'KeySchema',
    'LocalSecondaryIndexes',
    'OnDemandThroughput',
    'ProvisionedThroughput',
    'SSESpecification',
    'TableClass',
    'TableName',
    'Tags',
  ],

  async create(desired, context) {
    const name = desired.TableName ?? context.generatedName(MAX_NAME_LENGTH);
    try {
      await context.invoke(model.CreateTable, createInput(name, desired, context));
    } catch (error) {
      if (!isCode(error, 'ResourceInUseException') || !(await isOurs(name, context))) throw error;
    }
    return name;
  },

  stabilize: (name, context) =>
    context.until(async () => {
      const found = await describe(name, context);
      if (!found) throw new Error(`Table ${name} is gone`);
      return found.TableStatus === 'ACTIVE';
    }),

  async read(name, context) {
    const found = await describe(name, context);
    if (!found || found.TableStatus === 'DELETING') return undefined;
    return describedTable(found, await tagsOf(found.TableArn!, context));
  },

  async update(name, desired, previous, context) {
    const found = await describe(name, context);
    const change = updateInput(desired, previous, found!);
    if (Object.keys(change).length > 0) {
      await context.invoke(model.UpdateTable, { TableName: name, ...change });
    }
    await updateTags(found!.TableArn!, desired.Tags ?? [], context);
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
  const { Arn: _arn, StreamArn: _stream, SSESpecification: encryption, ...rest } = desired;
  const own = Object.fromEntries((desired.Tags ?? []).map(({ Key, Value }) => [Key, Value]));
  return {
    ...(rest as CreateTableInput),
    TableName: name,
    ...(encryption && {
      SSESpecification: {
        Enabled: encryption.SSEEnabled,
        ...(encryption.KMSMasterKeyId && { KMSMasterKeyId: encryption.KMSMasterKeyId }),
        ...(encryption.SSEType && { SSEType: encryption.SSEType as 'KMS' }),
      },
    }),
    Tags: toList({ ...own, ...tags }),
  };
}

/** What differs, compared with what stands where a request for no change would be refused. */
function updateInput(
  desired: Table,
  previous: Table,
  standing: TableDescription,
): Omit<UpdateTableInput, 'TableName'> {
  const change: Record<string, unknown> = {};
  const mode = desired.BillingMode ?? 'PROVISIONED';
  const standingMode = standing.BillingModeSummary?.BillingMode ?? 'PROVISIONED';
  if (mode !== standingMode) change['BillingMode'] = mode;
  if (mode === 'PROVISIONED' && !hasUnits(standing, desired)) {
    change['ProvisionedThroughput'] = desired.ProvisionedThroughput;
  }
  for (const property of [
    'AttributeDefinitions',
    'GlobalSecondaryIndexes',
    'OnDemandThroughput',
    'SSESpecification',
  ] as const) {
    if (!isDeepStrictEqual(desired[property], previous[property])) {
      change[property === 'GlobalSecondaryIndexes' ? 'GlobalSecondaryIndexUpdates' : property] =
        desired[property] ?? {};
    }
  }
  const tableClass = desired.TableClass ?? 'STANDARD';
  if (tableClass !== (standing.TableClassSummary?.TableClass ?? 'STANDARD')) {
    change['TableClass'] = tableClass;
  }
  const isProtected = desired.DeletionProtectionEnabled ?? false;
  if (isProtected !== standing.DeletionProtectionEnabled) {
    change['DeletionProtectionEnabled'] = isProtected;
  }
  return change;
}

function hasUnits({ ProvisionedThroughput: standing }: TableDescription, desired: Table): boolean {
  const { ReadCapacityUnits, WriteCapacityUnits } = desired.ProvisionedThroughput ?? {};
  return (
    standing?.ReadCapacityUnits === ReadCapacityUnits &&
    standing?.WriteCapacityUnits === WriteCapacityUnits
  );
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
