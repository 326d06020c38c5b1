import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { answerPage } from '../domain/answer-page.ts';
import { pathsIn } from '../domain/expressions/bind-condition.ts';
import { readExpressions } from '../domain/expressions/request-expressions.ts';
import { refusePathsIntoKeys } from '../domain/keys.ts';
import { beyond } from '../domain/pages.ts';
import * as legacy from '../domain/legacy/parameters.ts';
import * as parameter from '../domain/parameters.ts';
import { segmentOf, spanOfSegment } from '../domain/segments.ts';
import { SELECTIONS, checkSelect } from '../domain/select.ts';
import { sourceOf } from '../domain/read-source.ts';
import { startKey } from '../domain/start-key.ts';
import { validation } from '../errors.ts';
import type { DynamoDBScope } from '../scope.ts';
import { onTable } from '../scope.ts';

const PARAMETERS = {
  TableName: parameter.required(parameter.tableName),
  IndexName: parameter.indexName,
  AttributesToGet: legacy.attributeNames,
  Limit: parameter.integer(1),
  Select: parameter.oneOf(...SELECTIONS),
  ScanFilter: legacy.conditions,
  ConditionalOperator: legacy.conditionalOperator,
  ExclusiveStartKey: parameter.attributes,
  ReturnConsumedCapacity: parameter.capacityDetail,
  TotalSegments: parameter.integer(1, 1_000_000),
  Segment: parameter.integer(0, 999_999),
  ProjectionExpression: parameter.string,
  FilterExpression: parameter.string,
  ExpressionAttributeNames: parameter.names,
  ExpressionAttributeValues: parameter.attributes,
  ConsistentRead: parameter.boolean,
};

export const scan = operation(model.Scan, {
  wire: true,
  authorize: onTable('Scan'),
  async handle(sent: object, { caller, explain, store, tables }: DynamoDBScope) {
    const input = parameter.readParameters(sent, PARAMETERS);
    const segment = segmentOf(input);
    const { filter, projection, paths } = readExpressions(
      input,
      'ProjectionExpression',
      'FilterExpression',
    );
    checkSelect(input);
    const table = await tables.open(caller, input.TableName);
    const filtered = filter ? pathsIn(filter) : [];
    const source = sourceOf(table, { ...input, projection, filtered });
    refusePathsIntoKeys(source.shape, paths);
    const whole = spanOfSegment(source.shape.prefix, segment);
    const start = input.ExclusiveStartKey && startKey(source.shape, input.ExclusiveStartKey);
    if (start && (Buffer.compare(start, whole.from) < 0 || Buffer.compare(start, whole.to) >= 0)) {
      throw validation(
        `The provided starting key is invalid: Invalid ExclusiveStartKey. Please use ExclusiveStartKey with correct Segment. TotalSegments: ${segment.total} Segment: ${segment.number}`,
      );
    }
    const span = start ? beyond(whole, start, false) : whole;
    const { number, total } = segment;
    const words = total > 1 ? `segment ${number} of ${total}` : 'all';
    const request = {
      ...span,
      ...{ reverse: false, limit: input.Limit, filter, projection, words },
    };
    return answerPage(store, source, request, input, explain);
  },
});
