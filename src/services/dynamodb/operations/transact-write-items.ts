import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { answer } from '../domain/answer.ts';
import { collectionMetricsByTable } from '../domain/item-collections.ts';
import * as parameter from '../domain/parameters.ts';
import { readAction } from '../domain/transact-action.ts';
import { checkSize } from '../domain/transactions.ts';
import { spentBy } from '../domain/transaction-spending.ts';
import type { DynamoDBScope } from '../scope.ts';
import { leave } from '../scope.ts';

const PARAMETERS = {
  TransactItems: parameter.required(
    parameter.list('TransactWriteItem', parameter.structure('TransactWriteItem'), {
      min: 1,
      max: 100,
    }),
  ),
  ReturnConsumedCapacity: parameter.capacityDetail,
  ReturnItemCollectionMetrics: parameter.oneOf('SIZE', 'NONE'),
  ClientRequestToken: parameter.stringUpTo(36),
};

/** The action that IAM knows for each. */
const LEAVES = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
};

export const transactWriteItems = operation(model.TransactWriteItems, {
  wire: true,
  authorize({ TransactItems }, { caller }: DynamoDBScope) {
    const actions: unknown[] = Array.isArray(TransactItems) ? TransactItems : [];
    return actions.flatMap((sent) =>
      Object.entries(LEAVES).flatMap(([name, action]) => {
        const given = (sent as Record<string, { TableName?: unknown }> | null)?.[name];
        return given ? [leave(action, given.TableName, caller)] : [];
      }),
    );
  },
  async handle(sent: object, { caller, explain, store, transactions }: DynamoDBScope) {
    const input = parameter.readParameters(sent, PARAMETERS);
    const actions = input.TransactItems.map(readAction);
    checkSize(actions.reduce((bytes, { size }) => bytes + size, 0));
    const made = await transactions.write(caller, {
      changes: actions.map(({ change }) => change),
      token: input.ClientRequestToken,
      parameters: input.TransactItems,
    });
    return answer({
      ConsumedCapacity: spentBy(made, input.ReturnConsumedCapacity, explain),
      ItemCollectionMetrics: await collectionMetricsByTable(
        store,
        input.ReturnItemCollectionMetrics,
        made.changed,
      ),
    });
  },
});
