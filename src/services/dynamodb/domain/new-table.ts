import type { CreateTableInput } from '@aws-sdk/client-dynamodb';
import type { Caller } from '../../../kernel/caller.ts';
import type { Clock } from '../../../kernel/clock.ts';
import type { Ids } from '../../../kernel/ids.ts';
import { invalidParameters, parameterNotImplemented } from '../errors.ts';
import { checkUsed, readDefinitions } from './attribute-definitions.ts';
import { newBilling } from './billing.ts';
import { readKeySchema } from './key-schema.ts';
import { newIndexes } from './new-index.ts';
import { checkTableName } from './parameters.ts';
import { keyNames, tableArn } from './table.ts';
import type { Table } from './table.ts';
import { newTags } from './tags.ts';

/** Parameters that AWS has and that are refused until they are built. */
const UNBUILT = [
  'WarmThroughput',
  'ResourcePolicy',
  'GlobalTableSourceArn',
  'GlobalTableSettingsReplicationMode',
  'VectorIndexes',
] as const;

/** The table that a CreateTable request describes, checked in AWS's order. */
export function newTable(
  input: CreateTableInput,
  caller: Caller,
  { clock, ids }: { readonly clock: Clock; readonly ids: Ids },
): Table {
  const name = checkTableName(input.TableName);
  const billing = newBilling(input);
  const keys = newKeys(input);
  const indexes = newIndexes(input, keyNames(keys), billing, ids);
  checkUsed(keys.attributeDefinitions, [keyNames(keys), ...indexes]);
  refuseUnbuilt(input);
  return {
    name,
    id: ids.uuid(),
    createdAtMs: clock.now(),
    arn: tableArn(caller, name),
    status: 'CREATING',
    ...keys,
    ...(indexes.length > 0 && { indexes }),
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
  const { AttributeDefinitions: definitions = [], KeySchema: schema = [] } = input;
  if (schema.length === 0) throw invalidParameters('No provided table KeySchema');
  const { hashKeys, rangeKeys } = readKeySchema(schema, definitions, 1);
  const indexed = input.LocalSecondaryIndexes ?? input.GlobalSecondaryIndexes;
  if (!indexed && schema.length !== definitions.length) {
    throw invalidParameters(
      'Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions',
    );
  }
  return {
    attributeDefinitions: readDefinitions(definitions),
    hashKey: hashKeys[0]!,
    ...(rangeKeys[0] !== undefined && { rangeKey: rangeKeys[0] }),
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
