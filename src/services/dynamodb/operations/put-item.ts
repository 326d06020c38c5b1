import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { admitItem, checkItemSize } from '../domain/admit-item.ts';
import { Raw, answer } from '../domain/answer.ts';
import { consumedByChange } from '../domain/capacity.ts';
import { readExpressions } from '../domain/expressions/request-expressions.ts';
import { putting } from '../domain/item-changes.ts';
import { collectionMetrics } from '../domain/item-collections.ts';
import * as legacy from '../domain/legacy/parameters.ts';
import * as parameter from '../domain/parameters.ts';
import { StoredItem } from '../domain/stored-item.ts';
import { validation } from '../errors.ts';
import type { DynamoDBScope } from '../scope.ts';
import { onTable } from '../scope.ts';

const PARAMETERS = {
  TableName: parameter.required(parameter.tableName),
  Item: parameter.required(parameter.attributes),
  Expected: legacy.expected,
  ReturnValues: parameter.oneOf('ALL_NEW', 'UPDATED_OLD', 'ALL_OLD', 'NONE', 'UPDATED_NEW'),
  ReturnConsumedCapacity: parameter.capacityDetail,
  ReturnItemCollectionMetrics: parameter.oneOf('SIZE', 'NONE'),
  ConditionalOperator: legacy.conditionalOperator,
  ConditionExpression: parameter.string,
  ExpressionAttributeNames: parameter.names,
  ExpressionAttributeValues: parameter.attributes,
  ReturnValuesOnConditionCheckFailure: parameter.oneOf('ALL_OLD', 'NONE'),
};

export const putItem = operation(model.PutItem, {
  wire: true,
  authorize: onTable('PutItem'),
  async handle(sent: object, { caller, explain, items, store }: DynamoDBScope) {
    const input = parameter.readParameters(sent, PARAMETERS);
    const { ReturnValues = 'NONE' } = input;
    const { item, size } = admitItem(input.Item);
    if (ReturnValues !== 'ALL_OLD' && ReturnValues !== 'NONE') {
      throw validation('ReturnValues can only be ALL_OLD or NONE');
    }
    checkItemSize(size);
    const { condition, paths } = readExpressions(input, 'ConditionExpression');
    const showsItem = input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD';
    const changed = await items.change(
      caller,
      putting(input.TableName, StoredItem.of(item, size), { condition, paths, showsItem }),
    );
    const { old } = changed;
    return answer({
      Attributes: old && ReturnValues === 'ALL_OLD' ? new Raw(old.json) : undefined,
      ConsumedCapacity: consumedByChange(input.ReturnConsumedCapacity, changed, explain),
      ItemCollectionMetrics: await collectionMetrics(
        store,
        input.ReturnItemCollectionMetrics,
        changed,
      ),
    });
  },
});
