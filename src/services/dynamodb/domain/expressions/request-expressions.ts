import { validation } from '../../errors.ts';
import type { Item } from '../attribute-value.ts';
import { legacyGiven, readLegacy } from '../legacy/read-legacy.ts';
import type { LegacyParameters } from '../legacy/read-legacy.ts';
import { bindCondition, pathsIn } from './bind-condition.ts';
import { Bindings } from './bindings.ts';
import { holds } from './evaluate.ts';
import { bindUpdate } from './bind-update.ts';
import { parseCondition, parseProjection } from './parser.ts';
import { bindProjection, project } from './projection.ts';
import { ExpressionProblem } from './syntax.ts';
import type { Condition, Path, Update } from './syntax.ts';
import { parseUpdate } from './update-parser.ts';

/** The parameters of a request that carry expressions, and the older ones that say the same. */
export interface ExpressionParameters extends LegacyParameters {
  readonly UpdateExpression?: string | undefined;
  readonly ConditionExpression?: string | undefined;
  readonly KeyConditionExpression?: string | undefined;
  readonly FilterExpression?: string | undefined;
  readonly ProjectionExpression?: string | undefined;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>> | undefined;
  readonly ExpressionAttributeValues?: Readonly<Record<string, unknown>> | undefined;
}

/** A request's expressions, checked and with all placeholders replaced. */
export interface Expressions {
  readonly update: Update | undefined;
  readonly condition: Condition | undefined;
  readonly keyCondition: Condition | undefined;
  readonly filter: Condition | undefined;
  readonly projection: readonly Path[] | undefined;
  /** Every path that stands in one of them. */
  readonly paths: readonly Path[];
}

type ConditionParameter = 'ConditionExpression' | 'KeyConditionExpression' | 'FilterExpression';
type ExpressionParameter = ConditionParameter | 'UpdateExpression' | 'ProjectionExpression';

/**
 * Reads all of a request's expressions in AWS's order, also those in the legacy form.
 *
 * @param accepted those that the operation takes, as AWS lists them in its refusals
 */
export function readExpressions(
  request: ExpressionParameters,
  ...accepted: readonly ExpressionParameter[]
): Expressions {
  const { ExpressionAttributeNames: names, ExpressionAttributeValues: values } = request;
  const given = accepted.filter((parameter) => request[parameter] !== undefined);
  const legacy = legacyGiven(request);
  if (given.length > 0) refuseMixture(given, legacy);
  else if (names) {
    throw validation('ExpressionAttributeNames can only be specified when using expressions');
  }
  if (values) refuseUselessValues(accepted, given);
  const older = legacy.length > 0 ? readLegacy(request) : undefined;
  if (given.length === 0) return older ? withPaths({ ...NONE, ...older }) : NONE;
  const bindings = new Bindings(names, values);
  const condition = (parameter: ConditionParameter): Condition | undefined => {
    const text = given.includes(parameter) ? request[parameter] : undefined;
    if (text === undefined) return undefined;
    return named(parameter, () => bindCondition(parsedCondition(text), bindings));
  };
  const read = {
    update: given.includes('UpdateExpression')
      ? readUpdate(request.UpdateExpression, bindings)
      : undefined,
    condition: condition('ConditionExpression'),
    keyCondition: condition('KeyConditionExpression') ?? older?.keyCondition,
    filter: condition('FilterExpression'),
    projection: given.includes('ProjectionExpression')
      ? readProjection(request.ProjectionExpression, bindings)
      : undefined,
  };
  bindings.refuseUnused();
  return withPaths(read);
}

function withPaths(read: Omit<Expressions, 'paths'>): Expressions {
  const conditions = [read.condition, read.filter].filter((bound) => bound !== undefined);
  const updated = (read.update ?? []).map(({ path }) => path);
  const paths = [...conditions.flatMap(pathsIn), ...(read.projection ?? []), ...updated];
  return { ...read, paths };
}

/** Of the legacy parameters AWS lets only KeyConditions stand beside expressions. */
function refuseMixture(
  given: readonly ExpressionParameter[],
  legacy: readonly (keyof LegacyParameters)[],
): void {
  const mixed = given.includes('KeyConditionExpression')
    ? legacy
    : legacy.filter((parameter) => parameter !== 'KeyConditions');
  if (mixed.length === 0) return;
  throw validation(
    `Can not use both expression and non-expression parameters in the same request: Non-expression parameters: {${mixed.join(', ')}} Expression parameters: {${given.join(', ')}}`,
  );
}

/** Values can stand in conditions and updates only. */
function refuseUselessValues(
  accepted: readonly ExpressionParameter[],
  given: readonly ExpressionParameter[],
): void {
  const isCondition = (parameter: ExpressionParameter) => parameter !== 'ProjectionExpression';
  if (given.some(isCondition)) return;
  const conditions = accepted.filter(isCondition);
  const verb = conditions.length > 1 ? 'are' : 'is';
  throw validation(
    `ExpressionAttributeValues can only be specified when using expressions: ${conditions.join(' and ')} ${verb} null`,
  );
}

/** A test of items, out of a bound condition. */
export function testOf(condition: Condition): (item: Item) => boolean {
  return (item) => holds(condition, item);
}

/** A selection of attributes, out of bound paths. */
export function selectionOf(paths: readonly Path[]): (item: Item) => Item {
  return (item) => project(item, paths);
}

const NONE: Expressions = {
  update: undefined,
  condition: undefined,
  keyCondition: undefined,
  filter: undefined,
  projection: undefined,
  paths: [],
};

function readProjection(text: string | undefined, bindings: Bindings) {
  if (text === undefined) return undefined;
  return named('ProjectionExpression', () => bindProjection(parseProjection(text), bindings));
}

function readUpdate(text: string | undefined, bindings: Bindings): Update | undefined {
  if (text === undefined) return undefined;
  return named('UpdateExpression', () => bindUpdate(parsedUpdate(text), bindings));
}

/** Says which expression a problem is in. */
function named<T>(parameter: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ExpressionProblem)) throw error;
    throw validation(`Invalid ${parameter}: ${error.message}`);
  }
}

/** Programs send the same few expressions over and over: their trees are kept. */
const MAX_KEPT = 1_000;
const parsedCondition = keeping(parseCondition);
const parsedUpdate = keeping(parseUpdate);

function keeping<Tree>(parse: (text: string) => Tree): (text: string) => Tree {
  const kept = new Map<string, Tree>();
  return (text) => {
    const known = kept.get(text);
    if (known) return known;
    const tree = parse(text);
    if (kept.size >= MAX_KEPT) kept.clear();
    kept.set(text, tree);
    return tree;
  };
}
