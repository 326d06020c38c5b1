import type { AttributeDefinition, KeySchemaElement } from '@aws-sdk/client-dynamodb';
import { invalidParameters, validation } from '../errors.ts';

/** The attributes of a key, as a table or an index records them. */
export interface KeyNames {
  readonly hashKeys: readonly string[];
  readonly rangeKeys: readonly string[];
}

type Schema = readonly KeySchemaElement[];
type Definitions = readonly AttributeDefinition[];

const MAX_SIMPLE = 2;
/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GSI.DesignPattern.MultiAttributeKeys.html */
const MAX_GLOBAL_PARTS = 4;

/**
 * The key of a table or a local index: one partition key attribute and perhaps a sort key.
 *
 * @param member the schema's place in the request, as AWS's text names it
 */
export function readKey(schema: Schema, definitions: Definitions, member: string): KeyNames {
  if (schema.length > MAX_SIMPLE) {
    const value = schema.map((element) => JSON.stringify(element)).join(', ');
    throw validation(
      `1 validation error detected: Value '[${value}]' at '${member}' failed to satisfy constraint: Member must have length less than or equal to ${MAX_SIMPLE}`,
    );
  }
  if (schema.length > definitions.length) {
    throw validation('Invalid KeySchema: Some index key attribute have no definition');
  }
  checkDefined(schema, definitions);
  if (schema[0]?.AttributeName === schema[1]?.AttributeName) {
    throw validation(
      'Both the Hash Key and the Range Key element in the KeySchema have the same name',
    );
  }
  checkFirst(schema);
  if (schema[1] && schema[1].KeyType !== 'RANGE') {
    throw validation('Invalid KeySchema: The second KeySchemaElement is not a RANGE key type');
  }
  return namesOf(schema);
}

/** The key of a global index: up to four attributes each for partition and sort key. */
export function readGlobalKey(schema: Schema, definitions: Definitions): KeyNames {
  checkDefined(schema, definitions);
  checkFirst(schema);
  const names = namesOf(schema);
  if (schema.findLastIndex(({ KeyType }) => KeyType === 'HASH') >= names.hashKeys.length) {
    throw invalidParameters(
      'All HASH key attributes must precede RANGE key attributes in the KeySchema',
    );
  }
  for (const [type, keys] of [
    ['HASH', names.hashKeys],
    ['RANGE', names.rangeKeys],
  ] as const) {
    if (keys.length <= MAX_GLOBAL_PARTS) continue;
    throw invalidParameters(
      `The KeySchema exceeds the maximum allowed number of ${type} key attributes`,
    );
  }
  if (new Set(schema.map(({ AttributeName }) => AttributeName)).size < schema.length) {
    throw validation('The KeySchema contains multiple key attributes with the same name');
  }
  return names;
}

function checkDefined(schema: Schema, definitions: Definitions): void {
  const names = schema.map(({ AttributeName }) => AttributeName!);
  const defined = definitions.map(({ AttributeName }) => AttributeName!);
  if (names.every((name) => defined.includes(name))) return;
  throw invalidParameters(
    `Some index key attributes are not defined in AttributeDefinitions. Keys: [${names.join(', ')}], AttributeDefinitions: [${defined.join(', ')}]`,
  );
}

function checkFirst(schema: Schema): void {
  if (schema[0]?.KeyType === 'HASH') return;
  throw validation('Invalid KeySchema: The first KeySchemaElement is not a HASH key type');
}

function namesOf(schema: Schema): KeyNames {
  const ofType = (type: 'HASH' | 'RANGE'): string[] =>
    schema.filter(({ KeyType }) => KeyType === type).map(({ AttributeName }) => AttributeName!);
  return { hashKeys: ofType('HASH'), rangeKeys: ofType('RANGE') };
}

/** The same in AWS's words. */
export function describeKeySchema({ hashKeys, rangeKeys }: KeyNames): KeySchemaElement[] {
  return [
    ...hashKeys.map((AttributeName) => ({ AttributeName, KeyType: 'HASH' as const })),
    ...rangeKeys.map((AttributeName) => ({ AttributeName, KeyType: 'RANGE' as const })),
  ];
}
