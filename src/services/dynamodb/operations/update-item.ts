import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { admitItem } from '../domain/admit-item.ts';
import { Raw, answer } from '../domain/answer.ts';
import { consumedByChange } from '../domain/capacity.ts';
import { project } from '../domain/expressions/projection.ts';
import { readExpressions } from '../domain/expressions/request-expressions.ts';
import type { Update } from '../domain/expressions/syntax.ts';
import { updating } from '../domain/item-changes.ts';
import { collectionMetrics } from '../domain/item-collections.ts';
import type { ItemChanged } from '../domain/item-writes.ts';
import * as legacy from '../domain/legacy/parameters.ts';
import * as parameter from '../domain/parameters.ts';
import type { StoredItem } from '../domain/stored-item.ts';
import type { DynamoDBScope } from '../scope.ts';
import { onTable } from '../scope.ts';

const PARAMETERS = {
  TableName: parameter.required(parameter.tableName),
  Key: parameter.required(parameter.attributes),
  AttributeUpdates: legacy.updates,
  Expected: legacy.expected,
  ConditionalOperator: legacy.conditionalOperator,
  ReturnValues: parameter.oneOf('ALL_NEW', 'UPDATED_OLD', 'ALL_OLD', 'NONE', 'UPDATED_NEW'),
  ReturnConsumedCapacity: parameter.capacityDetail,
  ReturnItemCollectionMetrics: parameter.oneOf('SIZE', 'NONE'),
  UpdateExpression: parameter.string,
  ConditionExpression: parameter.string,
  ExpressionAttributeNames: parameter.names,
  ExpressionAttributeValues: parameter.attributes,
  ReturnValuesOnConditionCheckFailure: parameter.oneOf('ALL_OLD', 'NONE'),
};

export const updateItem = operation(model.UpdateItem, {
  wire: true,
  authorize: onTable('UpdateItem'),
  async handle(sent: object, { caller, explain, items, store }: DynamoDBScope) {
    const input = parameter.readParameters(sent, PARAMETERS);
    const { item: key } = admitItem(input.Key);
    const expressions = readExpressions(input, 'UpdateExpression', 'ConditionExpression');
    const { update = [], condition, paths } = expressions;
    const showsItem = input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD';
    const changed = await items.change(
      caller,
      updating(input.TableName, key, update, { condition, paths, showsItem }),
    );
    return answer({
      Attributes: returned(input.ReturnValues ?? 'NONE', changed, update),
      ConsumedCapacity: consumedByChange(input.ReturnConsumedCapacity, changed, explain),
      ItemCollectionMetrics: await collectionMetrics(
        store,
        input.ReturnItemCollectionMetrics,
        changed,
      ),
    });
  },
});

/** What ReturnValues asks for: all of the item, or the parts that the update speaks of. */
function returned(values: string, { old, new: next }: ItemChanged, update: Update) {
  switch (values) {
    case 'ALL_OLD':
      return old && new Raw(old.json);
    case 'ALL_NEW':
      return new Raw(next!.json);
    case 'UPDATED_OLD':
      return updatedParts(old, update);
    case 'UPDATED_NEW':
      return updatedParts(next, update);
    default:
      return undefined;
  }
}

function updatedParts(stored: StoredItem | undefined, update: Update) {
  const parts =
    stored &&
    project(
      stored.item,
      update.map(({ path }) => path),
    );
  return parts && Object.keys(parts).length > 0 ? parts : undefined;
}
