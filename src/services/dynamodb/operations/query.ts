import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import type { Key } from '../../../storage/engine.ts';
import { answerPage } from '../domain/answer-page.ts';
import { pathsIn } from '../domain/expressions/bind-condition.ts';
import { inWords } from '../domain/explain.ts';
import type { KeyTest } from '../domain/expressions/key-condition.ts';
import { keyTests } from '../domain/expressions/key-condition.ts';
import { readExpressions } from '../domain/expressions/request-expressions.ts';
import { spanOf } from '../domain/key-span.ts';
import type { KeyShape } from '../domain/keys.ts';
import { partition, refusePathsIntoKeys } from '../domain/keys.ts';
import { beyond } from '../domain/pages.ts';
import type { Span } from '../domain/pages.ts';
import * as legacy from '../domain/legacy/parameters.ts';
import * as parameter from '../domain/parameters.ts';
import { SELECTIONS, checkSelect, refuseKeysInFilter } from '../domain/select.ts';
import { sourceOf } from '../domain/read-source.ts';
import { startKey } from '../domain/start-key.ts';
import { validation } from '../errors.ts';
import type { DynamoDBScope } from '../scope.ts';
import { onTable } from '../scope.ts';

const PARAMETERS = {
  TableName: parameter.required(parameter.tableName),
  IndexName: parameter.indexName,
  Select: parameter.oneOf(...SELECTIONS),
  AttributesToGet: legacy.attributeNames,
  Limit: parameter.integer(1),
  ConsistentRead: parameter.boolean,
  KeyConditions: legacy.conditions,
  QueryFilter: legacy.conditions,
  ConditionalOperator: legacy.conditionalOperator,
  ScanIndexForward: parameter.boolean,
  ExclusiveStartKey: parameter.attributes,
  ReturnConsumedCapacity: parameter.capacityDetail,
  ProjectionExpression: parameter.string,
  FilterExpression: parameter.string,
  KeyConditionExpression: parameter.string,
  ExpressionAttributeNames: parameter.names,
  ExpressionAttributeValues: parameter.attributes,
};

export const query = operation(model.Query, {
  wire: true,
  authorize: onTable('Query'),
  async handle(sent: object, { caller, explain, store, tables }: DynamoDBScope) {
    const input = parameter.readParameters(sent, PARAMETERS);
    const expressions = readExpressions(
      input,
      'ProjectionExpression',
      'FilterExpression',
      'KeyConditionExpression',
    );
    const { keyCondition, filter, projection, paths } = expressions;
    if (!keyCondition) {
      throw validation(
        'Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.',
      );
    }
    const tests = keyTests(keyCondition);
    checkSelect(input);
    const table = await tables.open(caller, input.TableName);
    const filtered = filter ? pathsIn(filter) : [];
    const source = sourceOf(table, { ...input, projection, filtered });
    const { shape } = source;
    const reverse = input.ScanIndexForward === false;
    const whole = spanOf(shape, tests);
    const start = input.ExclusiveStartKey && startKey(shape, input.ExclusiveStartKey);
    if (start) checkStart(shape, tests, whole, start);
    refusePathsIntoKeys(shape, paths);
    if (filter) refuseKeysInFilter(shape, filter, input.QueryFilter && 'QueryFilter');
    const span = start ? beyond(whole, start, reverse) : whole;
    const words = explain && inWords(tests);
    const request = { ...span, reverse, limit: input.Limit, filter, projection, words };
    return answerPage(store, source, request, input, explain);
  },
});

/** A page can only start where the query itself goes. */
function checkStart(
  shape: KeyShape,
  tests: ReadonlyMap<string, KeyTest>,
  { from, to }: Span,
  start: Key,
): void {
  const prefix = partition(
    shape,
    shape.hash.map(({ name }) => tests.get(name)!.values[0]!),
  );
  const samePartition = Buffer.compare(start.subarray(0, prefix.length), prefix) === 0;
  if (!samePartition) {
    throw validation(
      tests.size === 1
        ? 'The provided starting key is outside query boundaries based on provided conditions'
        : 'The provided starting key is invalid: The provided key element does not match the schema',
    );
  }
  if (Buffer.compare(start, from) < 0 || Buffer.compare(start, to) >= 0) {
    throw validation('The provided starting key does not match the range key predicate');
  }
}
