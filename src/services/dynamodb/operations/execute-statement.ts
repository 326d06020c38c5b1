import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { answer } from '../domain/answer.ts';
import { Spending } from '../domain/capacity.ts';
import * as parameter from '../domain/parameters.ts';
import { changeOf, returned } from '../domain/partiql/changes.ts';
import { nextToken, readNextToken } from '../domain/partiql/next-token.ts';
import { leaveOf } from '../domain/partiql/leave.ts';
import { select } from '../domain/partiql/select.ts';
import { bindStatement } from '../domain/partiql/statements.ts';
import { validation } from '../errors.ts';
import type { DynamoDBScope } from '../scope.ts';

const PARAMETERS = {
  Statement: parameter.required(parameter.statement),
  Parameters: parameter.list('AttributeValue', parameter.anything, { min: 1 }),
  ConsistentRead: parameter.boolean,
  NextToken: parameter.string,
  ReturnConsumedCapacity: parameter.capacityDetail,
  Limit: parameter.integer(1),
  ReturnValuesOnConditionCheckFailure: parameter.oneOf('ALL_OLD', 'NONE'),
};

export const executeStatement = operation(model.ExecuteStatement, {
  wire: true,
  authorize: ({ Statement }, { caller }: DynamoDBScope) => leaveOf(Statement, caller),
  async handle(sent: object, { caller, explain, items, store, tables }: DynamoDBScope) {
    const input = parameter.readParameters(sent, PARAMETERS);
    const { Statement, Limit: limit, ConsistentRead: consistent = false } = input;
    const { statement, parameters } = bindStatement(Statement, input.Parameters);
    if (statement.kind === 'exists') {
      throw validation('EXISTS can only be used in ExecuteTransaction write requests.');
    }
    const table = await tables.open(caller, statement.table);
    const spending = new Spending(explain);
    if (statement.kind === 'select') {
      const use = [caller.account, caller.region, Statement, input.Parameters];
      const from = input.NextToken === undefined ? undefined : readNextToken(use, input.NextToken);
      const options = { consistent, limit, from };
      const found = await select(store, table, statement, parameters, spending, options);
      return answer({
        Items: found.items,
        NextToken: found.next && nextToken(use, found.next),
        ConsumedCapacity: spending.ofOne(input.ReturnConsumedCapacity),
        LastEvaluatedKey: found.next?.after,
      });
    }
    const showsItem = input.ReturnValuesOnConditionCheckFailure === 'ALL_OLD';
    const change = changeOf(table, statement, parameters, showsItem);
    const changed = await items.change(caller, change);
    spending.addChange(changed);
    return answer({
      Items: statement.kind === 'insert' ? [] : returned(statement, changed),
      ConsumedCapacity: spending.ofOne(input.ReturnConsumedCapacity),
    });
  },
});
