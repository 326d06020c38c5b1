import type { AttributeDefinition } from '@aws-sdk/client-dynamodb';
import { invalidParameters, validation } from '../errors.ts';
import type { KeyType } from './attribute-value.ts';
import type { KeyNames } from './key-schema.ts';
import type { Table } from './table.ts';

type Definitions = Table['attributeDefinitions'];

/** Refuses an attribute that is defined twice. */
export function checkDistinct(asked: readonly AttributeDefinition[]): void {
  const names = asked.map(({ AttributeName }) => AttributeName!);
  const twice = names.find((name, at) => names.indexOf(name) < at);
  if (twice !== undefined) throw validation(`Attribute Name is duplicated: ${twice}`);
}

/** Refuses an attribute that no key of the table and its indexes uses. */
export function checkUsed(asked: readonly AttributeDefinition[], keys: readonly KeyNames[]): void {
  const used = namesIn(keys);
  const defined = asked.map(({ AttributeName }) => AttributeName!);
  if (defined.every((name) => used.has(name))) return;
  throw invalidParameters(
    `Some AttributeDefinitions are not used. AttributeDefinitions: [${defined.join(', ')}], keys used: [${[...used].join(', ')}]`,
  );
}

/** The definitions that keys use, by name: AWS keeps no others. */
export function usedDefinitions(
  asked: readonly AttributeDefinition[],
  keys: readonly KeyNames[],
): Definitions {
  const used = namesIn(keys);
  return asked
    .map(({ AttributeName, AttributeType }) => ({
      name: AttributeName!,
      type: AttributeType as KeyType,
    }))
    .filter(({ name }) => used.has(name))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

/** The same in AWS's words. */
export function describeDefinitions(definitions: Definitions): AttributeDefinition[] {
  return definitions.map(({ name, type }) => ({ AttributeName: name, AttributeType: type }));
}

function namesIn(keys: readonly KeyNames[]): ReadonlySet<string> {
  return new Set(keys.flatMap(({ hashKeys, rangeKeys }) => [...hashKeys, ...rangeKeys]));
}
