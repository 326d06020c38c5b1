import { validation } from '../errors.ts';
import { admitItem } from './admit-item.ts';
import type { Item } from './attribute-value.ts';
import { readExpressions } from './expressions/request-expressions.ts';
import type { Path } from './expressions/syntax.ts';
import { attributeNames } from './legacy/parameters.ts';
import * as parameter from './parameters.ts';

const MAX_KEYS = 100;

/** What BatchGetItem wants of one table. */
export interface BatchLookup {
  /** Its name or ARN. */
  readonly table: string;
  readonly keys: readonly Item[];
  readonly consistent: boolean;
  /** The attributes that are wanted; `undefined` is all. */
  readonly projection: readonly Path[] | undefined;
  /** Every path that stands in an expression. */
  readonly paths: readonly Path[];
  /** As it was sent, for what stays unprocessed. */
  readonly sent: object;
}

const ONE = { Lookup: parameter.structure('KeysAndAttributes') };
const LOOKUP = {
  Keys: parameter.required(parameter.list('Key', parameter.attributes, { min: 1 })),
  AttributesToGet: attributeNames,
  ConsistentRead: parameter.boolean,
  ProjectionExpression: parameter.string,
  ExpressionAttributeNames: parameter.names,
};

/** @param sent `RequestItems`: what is wanted, by table */
export function readLookups(sent: Readonly<Record<string, unknown>>): readonly BatchLookup[] {
  const lookups = Object.entries(sent).map(([table, each]) => readLookup(table, each));
  if (lookups.length === 0) {
    throw validation('The requestItems parameter is required for BatchGetItem');
  }
  const count = lookups.reduce((sum, { keys }) => sum + keys.length, 0);
  if (count > MAX_KEYS) throw validation('Too many items requested for the BatchGetItem call');
  return lookups;
}

function readLookup(table: string, each: unknown): BatchLookup {
  const { Lookup: sent = {} } = parameter.readParameters({ Lookup: each }, ONE);
  const input = parameter.readParameters(sent, LOOKUP, `requestItems.${table}.member.`);
  const { Keys, ConsistentRead = false } = input;
  if (Keys.length > MAX_KEYS) {
    throw validation(
      `1 validation error detected: Value at 'RequestItems.${table}.member.Keys' failed to satisfy constraint: Member must have length less than or equal to ${MAX_KEYS}`,
    );
  }
  const { projection, paths } = readExpressions(input, 'ProjectionExpression');
  return {
    table,
    keys: Keys.map((key) => admitItem(key ?? {}).item),
    consistent: ConsistentRead,
    projection,
    paths,
    sent,
  };
}
