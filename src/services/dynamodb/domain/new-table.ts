import type { CreateTableInput } from '@aws-sdk/client-dynamodb';
import type { Caller } from '../../../kernel/caller.ts';
import type { Clock } from '../../../kernel/clock.ts';
import type { Ids } from '../../../kernel/ids.ts';
import { invalidParameters, parameterNotImplemented } from '../errors.ts';
import { checkDistinct, checkUsed, usedDefinitions } from './attribute-definitions.ts';
import { readEncryption } from './encryption.ts';
import { readKey } from './key-schema.ts';
import { newTableBilling } from './new-billing.ts';
import { newIndexes, readIndexKeys } from './new-index.ts';
import { checkTableName } from './parameters.ts';
import { newPolicy } from './resource-policy.ts';
import { tableArn } from './table.ts';
import type { Table } from './table.ts';
import { newTags } from './tags.ts';

/** Parameters that AWS has and that are refused until they are built. */
const UNBUILT = [
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
  const { AttributeDefinitions: definitions = [], KeySchema: schema = [], TableClass } = input;
  const createdAtMs = clock.now();
  const billing = newTableBilling(input, { region: caller.region }, createdAtMs);
  if (schema.length === 0) throw invalidParameters('No provided table KeySchema');
  checkDistinct(definitions);
  const keys = readKey(schema, definitions, 'keySchema');
  const indexKeys = readIndexKeys(input);
  const allKeys = [keys, ...indexKeys.local, ...indexKeys.global];
  if (allKeys.length > 1) checkUsed(definitions, allKeys);
  else if (schema.length !== definitions.length) {
    throw invalidParameters(
      'Number of attributes in KeySchema does not exactly match number of attributes defined in AttributeDefinitions',
    );
  }
  const indexes = newIndexes(input, indexKeys, { keys, billing, region: caller.region }, ids);
  const encryption = readEncryption(input.SSESpecification, caller);
  refuseUnbuilt(input);
  return {
    name,
    id: ids.uuid(),
    createdAtMs,
    arn: tableArn(caller, name),
    status: 'CREATING',
    attributeDefinitions: usedDefinitions(definitions, allKeys),
    hashKey: keys.hashKeys[0]!,
    ...(keys.rangeKeys[0] !== undefined && { rangeKey: keys.rangeKeys[0] }),
    ...(indexes.length > 0 && { indexes }),
    billing,
    ...(TableClass && { tableClass: TableClass }),
    deletionProtection: input.DeletionProtectionEnabled ?? false,
    ...(encryption && { encryption }),
    ...(input.ResourcePolicy !== undefined && {
      policy: newPolicy(input.ResourcePolicy, createdAtMs),
    }),
    tags: newTags(input.Tags ?? [], caller),
  };
}

function refuseUnbuilt(input: CreateTableInput): void {
  for (const parameter of UNBUILT) {
    if (input[parameter] !== undefined) throw parameterNotImplemented('CreateTable', parameter);
  }
}
