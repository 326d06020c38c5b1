import type { Condition, Path, Update } from '../expressions/syntax.ts';
import { attributeUpdates } from './attribute-updates.ts';
import { attributesToGet } from './attributes-to-get.ts';
import {
  expectedCondition,
  filterCondition,
  keyConditions,
  uselessOperator,
} from './conditions.ts';
import type {
  ConditionalOperator,
  LegacyCondition,
  LegacyExpectation,
  LegacyUpdate,
} from './parameters.ts';

type ByAttribute<T> = Readonly<Record<string, T | null>> | undefined;

/** The parameters that AWS had before it had expressions; `parameters.ts` has checked their form. */
export interface LegacyParameters {
  readonly AttributeUpdates?: ByAttribute<LegacyUpdate>;
  readonly AttributesToGet?: readonly (string | null)[] | undefined;
  readonly Expected?: ByAttribute<LegacyExpectation>;
  readonly QueryFilter?: ByAttribute<LegacyCondition>;
  readonly ScanFilter?: ByAttribute<LegacyCondition>;
  readonly ConditionalOperator?: ConditionalOperator | undefined;
  readonly KeyConditions?: ByAttribute<LegacyCondition>;
}

/** All of them, in the order in which AWS lists them. */
const NAMES = [
  'AttributeUpdates',
  'AttributesToGet',
  'Expected',
  'QueryFilter',
  'ScanFilter',
  'ConditionalOperator',
  'KeyConditions',
] as const satisfies readonly (keyof LegacyParameters)[];

/** Those that a request has. */
export function legacyGiven(request: LegacyParameters): readonly (keyof LegacyParameters)[] {
  return NAMES.filter((name) => request[name] !== undefined);
}

/** What the legacy parameters of a request stand for, in the trees of bound expressions. */
export function readLegacy(request: LegacyParameters): {
  readonly update?: Update | undefined;
  readonly condition?: Condition | undefined;
  readonly filter?: Condition | undefined;
  readonly projection?: readonly Path[] | undefined;
  readonly keyCondition?: Condition | undefined;
} {
  const { AttributeUpdates, AttributesToGet, Expected, ConditionalOperator, KeyConditions } =
    request;
  const filter = request.QueryFilter ?? request.ScanFilter;
  if (ConditionalOperator && !Expected && !filter) throw uselessOperator();
  return {
    update: AttributeUpdates && attributeUpdates(AttributeUpdates),
    condition: Expected && expectedCondition(Expected, ConditionalOperator),
    filter: filter && filterCondition(filter, ConditionalOperator),
    projection: AttributesToGet && attributesToGet(AttributesToGet),
    keyCondition: KeyConditions && keyConditions(KeyConditions),
  };
}
