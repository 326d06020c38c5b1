import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { admitItem } from '../domain/admit-item.ts';
import { answer } from '../domain/answer.ts';
import { consumedByRead, readUnits } from '../domain/capacity.ts';
import { partitionName } from '../domain/explain.ts';
import { readExpressions } from '../domain/expressions/request-expressions.ts';
import { keyOfKey, refusePathsIntoKeys } from '../domain/keys.ts';
import * as legacy from '../domain/legacy/parameters.ts';
import * as parameter from '../domain/parameters.ts';
import { shownItem } from '../domain/shown-item.ts';
import { sizeOfStored } from '../domain/stored-item.ts';
import type { DynamoDBScope } from '../scope.ts';
import { onTable } from '../scope.ts';

const PARAMETERS = {
  TableName: parameter.required(parameter.tableName),
  Key: parameter.required(parameter.attributes),
  AttributesToGet: legacy.attributeNames,
  ConsistentRead: parameter.boolean,
  ReturnConsumedCapacity: parameter.capacityDetail,
  ProjectionExpression: parameter.string,
  ExpressionAttributeNames: parameter.names,
};

export const getItem = operation(model.GetItem, {
  wire: true,
  authorize: onTable('GetItem'),
  async handle(sent: object, { caller, explain, store, tables }: DynamoDBScope) {
    const input = parameter.readParameters(sent, PARAMETERS);
    const { projection, paths } = readExpressions(input, 'ProjectionExpression');
    const { item: key } = admitItem(input.Key);
    const table = await tables.open(caller, input.TableName);
    refusePathsIntoKeys(table, paths);
    const place = keyOfKey(table, key);
    const value = await store.get(place);
    return answer({
      Item: value && shownItem(value, projection),
      ConsumedCapacity: consumedByRead(
        input.ReturnConsumedCapacity,
        table,
        readUnits(value ? sizeOfStored(value) : 0, input.ConsistentRead ?? false),
        explain,
        explain && { partition: partitionName(table, place) },
      ),
    });
  },
});
