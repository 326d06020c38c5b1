import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { admitItem } from '../domain/admit-item.ts';
import { answer } from '../domain/answer.ts';
import { Spending, readUnits } from '../domain/capacity.ts';
import { readExpressions } from '../domain/expressions/request-expressions.ts';
import type { Path } from '../domain/expressions/syntax.ts';
import { keyOfKey, refusePathsIntoKeys } from '../domain/keys.ts';
import * as parameter from '../domain/parameters.ts';
import { shownItem } from '../domain/shown-item.ts';
import type { ItemLookup } from '../domain/transactions.ts';
import { leave } from '../scope.ts';
import type { DynamoDBScope } from '../scope.ts';

const PARAMETERS = {
  TransactItems: parameter.required(
    parameter.list('TransactGetItem', parameter.structure('TransactGetItem'), { min: 1, max: 100 }),
  ),
  ReturnConsumedCapacity: parameter.capacityDetail,
};

const ITEM = { Get: parameter.required(parameter.structure('Get')) };

const GET = {
  Key: parameter.required(parameter.attributes),
  TableName: parameter.required(parameter.tableName),
  ProjectionExpression: parameter.string,
  ExpressionAttributeNames: parameter.names,
};

export const transactGetItems = operation(model.TransactGetItems, {
  wire: true,
  authorize({ TransactItems }, { caller }: DynamoDBScope) {
    const gets: unknown[] = Array.isArray(TransactItems) ? TransactItems : [];
    return gets.map((sent) =>
      leave('GetItem', (sent as { Get?: { TableName?: unknown } } | null)?.Get?.TableName, caller),
    );
  },
  async handle(sent: object, { caller, explain, transactions }: DynamoDBScope) {
    const input = parameter.readParameters(sent, PARAMETERS);
    const gets = input.TransactItems.map(readGet);
    const found = await transactions.read(caller, gets);
    const spending = new Spending(explain);
    for (const { table, stored } of found) {
      spending.add(table, 2 * readUnits(stored?.size ?? 0, true));
    }
    return answer({
      ConsumedCapacity: spending.ofAll(input.ReturnConsumedCapacity, 'read'),
      Responses: found.map(({ stored }, at) => {
        const Item = stored && shownItem(stored.value, gets[at]!.projection);
        return Item ? new Map([['Item', Item]]) : new Map();
      }),
    });
  },
});

interface Get extends ItemLookup {
  readonly projection: readonly Path[] | undefined;
}

function readGet(sent: object | null, at: number): Get {
  const within = `transactItems.${at + 1}.member.`;
  const { Get } = parameter.readParameters(sent ?? {}, ITEM, within);
  const input = parameter.readParameters(Get, GET, `${within}get.`);
  const { projection, paths } = readExpressions(input, 'ProjectionExpression');
  const { item: key } = admitItem(input.Key);
  return {
    table: input.TableName,
    projection,
    locate(table) {
      refusePathsIntoKeys(table, paths);
      return keyOfKey(table, key);
    },
  };
}
