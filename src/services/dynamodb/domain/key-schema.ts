import type { AttributeDefinition, KeySchemaElement } from '@aws-sdk/client-dynamodb';
import { invalidParameters, validation } from '../errors.ts';

/** The attributes of a key, as a table or an index records them. */
export interface KeyNames {
  readonly hashKeys: readonly string[];
  readonly rangeKeys: readonly string[];
}

/**
 * A key schema's attributes, partition key first.
 *
 * @param most attributes of each kind: one for tables and local indexes, four for global indexes.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.DesignPattern.MultiAttributeKeys.html
 */
export function readKeySchema(
  schema: readonly KeySchemaElement[],
  definitions: readonly AttributeDefinition[],
  most: 1 | 4,
): KeyNames {
  checkLength(schema, most);
  checkDefined(schema, definitions);
  if (schema[0]?.KeyType !== 'HASH') {
    throw validation('Invalid KeySchema: The first KeySchemaElement is not a HASH key type');
  }
  if (most === 1 && schema[1] && schema[1].KeyType !== 'RANGE') {
    throw validation('Invalid KeySchema: The second KeySchemaElement is not a RANGE key type');
  }
  const hashKeys = namesOf(schema, 'HASH');
  const rangeKeys = namesOf(schema, 'RANGE');
  if (schema.findLastIndex(({ KeyType }) => KeyType === 'HASH') >= hashKeys.length) {
    throw validation('Invalid KeySchema: All HASH key elements must precede RANGE key elements');
  }
  if (hashKeys.length > most || rangeKeys.length > most) {
    throw validation(
      `Invalid KeySchema: At most ${most} HASH and ${most} RANGE key elements are supported`,
    );
  }
  checkDistinct(schema);
  return { hashKeys, rangeKeys };
}

function checkLength(schema: readonly KeySchemaElement[], most: number): void {
  if (schema.length <= 2 * most) return;
  throw validation(
    `1 validation error detected: Value '${JSON.stringify(schema)}' at 'keySchema' failed to satisfy constraint: Member must have length less than or equal to ${2 * most}`,
  );
}

function checkDefined(
  schema: readonly KeySchemaElement[],
  definitions: readonly AttributeDefinition[],
): void {
  const names = schema.map(({ AttributeName }) => AttributeName!);
  const defined = definitions.map(({ AttributeName }) => AttributeName!);
  if (names.every((name) => defined.includes(name))) return;
  throw invalidParameters(
    `Some index key attributes are not defined in AttributeDefinitions. Keys: [${names.join(', ')}], AttributeDefinitions: [${defined.join(', ')}]`,
  );
}

function checkDistinct(schema: readonly KeySchemaElement[]): void {
  const names = schema.map(({ AttributeName }) => AttributeName!);
  if (new Set(names).size === names.length) return;
  throw validation(
    'Both the Hash Key and the Range Key element in the KeySchema have the same name',
  );
}

function namesOf(schema: readonly KeySchemaElement[], type: 'HASH' | 'RANGE'): string[] {
  return schema
    .filter(({ KeyType }) => KeyType === type)
    .map(({ AttributeName }) => AttributeName!);
}

/** The same in AWS's words. */
export function describeKeySchema({ hashKeys, rangeKeys }: KeyNames): KeySchemaElement[] {
  return [
    ...hashKeys.map((AttributeName) => ({ AttributeName, KeyType: 'HASH' as const })),
    ...rangeKeys.map((AttributeName) => ({ AttributeName, KeyType: 'RANGE' as const })),
  ];
}
