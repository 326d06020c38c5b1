import type { CreateTableInput } from '@aws-sdk/client-dynamodb';
import type { Caller } from '../../../kernel/caller.ts';
import { invalidParameters, parameterNotImplemented, validation } from '../errors.ts';
import type { KeyType } from './attribute-value.ts';
import { newBilling } from './billing.ts';
import { checkTableName } from './parameters.ts';
import { tableArn } from './table.ts';
import type { Table } from './table.ts';
import { newTags } from './tags.ts';

/** Parameters that AWS has and that are refused until they are built. */
const UNBUILT = [
  'LocalSecondaryIndexes',
  'GlobalSecondaryIndexes',
  'WarmThroughput',
  'ResourcePolicy',
  'GlobalTableSourceArn',
  'GlobalTableSettingsReplicationMode',
] as const;

/** The table that a CreateTable request describes, checked in AWS's order. */
export function newTable(
  input: CreateTableInput,
  caller: Caller,
  identity: { readonly id: string; readonly createdAtMs: number },
): Table {
  const name = checkTableName(input.TableName);
  const billing = newBilling(input);
  const keys = newKeys(input);
  refuseUnbuilt(input);
  return {
    name,
    ...identity,
    arn: tableArn(caller, name),
    status: 'CREATING',
    ...keys,
    billing,
    ...(input.TableClass && { tableClass: input.TableClass }),
    deletionProtection: input.DeletionProtectionEnabled ?? false,
    ...newEncryption(input, caller),
    tags: newTags(input.Tags ?? [], caller),
  };
}

function newKeys(
  input: CreateTableInput,
): Pick<Table, 'attributeDefinitions' | 'hashKey' | 'rangeKey'> {
  const definitions = input.AttributeDefinitions ?? [];
  const schema = input.KeySchema ?? [];
  const defined = definitions.map(({ AttributeName }) => AttributeName!);
  const [hashKey, rangeKey] = schema.map(({ AttributeName }) => AttributeName!);
  if (schema.length === 0 || hashKey === undefined) {
    throw invalidParameters('No provided table KeySchema');
  }
  if (schema.length > 2) {
    throw validation(
      `1 validation error detected: Value '${JSON.stringify(schema)}' at 'keySchema' failed to satisfy constraint: Member must have length less than or equal to 2`,
    );
  }
  if (schema.length > definitions.length) {
    throw validation('Invalid KeySchema: Some index key attribute have no definition');
  }
  const names = schema.map(({ AttributeName }) => AttributeName!);
  if (names.some((name) => !defined.includes(name))) {
    throw invalidParameters(
      `Some index key attributes are not defined in AttributeDefinitions. Keys: [${names.join(', ')}], AttributeDefinitions: [${defined.join(', ')}]`,
    );
  }
  if (hashKey === rangeKey) {
    throw validation(
      'Both the Hash Key and the Range Key element in the KeySchema have the same name',
    );
  }
  if (schema[0]?.KeyType !== 'HASH') {
    throw validation('Invalid KeySchema: The first KeySchemaElement is not a HASH key type');
  }
  if (schema[1] && schema[1].KeyType !== 'RANGE') {
    throw validation('Invalid KeySchema: The second KeySchemaElement is not a RANGE key type');
  }
  const indexed = input.LocalSecondaryIndexes ?? input.GlobalSecondaryIndexes;
  if (!indexed && schema.length !== definitions.length) {
    throw invalidParameters(
      'Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions',
    );
  }
  return {
    attributeDefinitions: definitions.map(({ AttributeName, AttributeType }) => ({
      name: AttributeName!,
      type: AttributeType as KeyType,
    })),
    hashKey,
    ...(rangeKey !== undefined && { rangeKey }),
  };
}

function refuseUnbuilt(input: CreateTableInput): void {
  for (const parameter of UNBUILT) {
    if (input[parameter] !== undefined) throw parameterNotImplemented('CreateTable', parameter);
  }
  if (input.StreamSpecification?.StreamEnabled) {
    throw parameterNotImplemented('CreateTable', 'StreamSpecification');
  }
}

/** Encryption is described as asked for; the bytes on disk are not encrypted. */
function newEncryption(
  { SSESpecification: asked }: CreateTableInput,
  caller: Caller,
): Pick<Table, 'encryption'> {
  if (!asked?.Enabled) return {};
  const key = asked.KMSMasterKeyId ?? 'alias/aws/dynamodb';
  const keyArn = key.startsWith('arn:')
    ? key
    : `arn:aws:kms:${caller.region}:${caller.account}:${key.startsWith('alias/') ? key : `key/${key}`}`;
  return { encryption: { type: 'KMS', keyArn } };
}
