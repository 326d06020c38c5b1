import type { AttributeDefinition } from '@aws-sdk/client-dynamodb';
import { invalidParameters, validation } from '../errors.ts';
import type { KeyType } from './attribute-value.ts';
import type { KeyNames } from './key-schema.ts';
import type { Table } from './table.ts';

type Definitions = Table['attributeDefinitions'];

/** The attributes that a request defines, each once. */
export function readDefinitions(asked: readonly AttributeDefinition[]): Definitions {
  if (new Set(asked.map(({ AttributeName }) => AttributeName)).size < asked.length) {
    throw validation('Cannot have two attributes with the same name');
  }
  return asked.map(({ AttributeName, AttributeType }) => ({
    name: AttributeName!,
    type: AttributeType as KeyType,
  }));
}

/** Refuses an attribute that no key of the table and its indexes uses. */
export function checkUsed(definitions: Definitions, keys: readonly KeyNames[]): void {
  const used = new Set(keys.flatMap(({ hashKeys, rangeKeys }) => [...hashKeys, ...rangeKeys]));
  if (definitions.every(({ name }) => used.has(name))) return;
  const defined = definitions.map(({ name }) => name);
  throw invalidParameters(
    `Some AttributeDefinitions are not used. AttributeDefinitions: [${defined.join(', ')}], keys used: [${[...used].join(', ')}]`,
  );
}
