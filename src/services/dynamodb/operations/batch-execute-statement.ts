import { AwsError } from '../../../kernel/aws-error.ts';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { type Raw, answer } from '../domain/answer.ts';
import { Spending, readUnits } from '../domain/capacity.ts';
import { keyOfKey } from '../domain/keys.ts';
import * as parameter from '../domain/parameters.ts';
import { changeOf, returned } from '../domain/partiql/changes.ts';
import { leaveOf } from '../domain/partiql/leave.ts';
import { shownSingle, singleSelect } from '../domain/partiql/single-select.ts';
import { type BoundStatement, bindStatement } from '../domain/partiql/statements.ts';
import { StoredItem } from '../domain/stored-item.ts';
import { reasonOf, validation } from '../errors.ts';
import type { DynamoDBScope } from '../scope.ts';

const PARAMETERS = {
  Statements: parameter.required(
    parameter.list('BatchStatementRequest', parameter.structure('BatchStatementRequest'), {
      min: 1,
      max: 25,
    }),
  ),
  ReturnConsumedCapacity: parameter.capacityDetail,
};
const STATEMENT = {
  Statement: parameter.required(parameter.statement),
  Parameters: parameter.list('AttributeValue', parameter.anything, { min: 1 }),
  ConsistentRead: parameter.boolean,
  ReturnValuesOnConditionCheckFailure: parameter.oneOf('ALL_OLD', 'NONE'),
};

type StatementRequest = ReturnType<typeof readStatement>;

/** Each statement by itself: what one is refused for stands in its place of the answer. */
export const batchExecuteStatement = operation(model.BatchExecuteStatement, {
  wire: true,
  authorize({ Statements }, { caller }: DynamoDBScope) {
    const sent: unknown[] = Array.isArray(Statements) ? Statements : [];
    return sent.flatMap((one) =>
      leaveOf((one as { Statement?: unknown } | null)?.Statement, caller),
    );
  },
  async handle(sent: object, scope: DynamoDBScope) {
    const input = parameter.readParameters(sent, PARAMETERS);
    const requests = input.Statements.map(readStatement);
    const bound = requests.map(boundOrRefused);
    refuseMixture(bound);
    const spending = new Spending(scope.explain);
    const Responses: Map<string, unknown>[] = [];
    for (const [at, one] of bound.entries()) {
      // oxlint-disable-next-line no-await-in-loop -- in their order, as later ones may be of the same item
      Responses.push(await respond(one, requests[at]!, scope, spending));
    }
    return answer({
      Responses,
      ConsumedCapacity: spending.ofAll(input.ReturnConsumedCapacity),
    });
  },
});

function readStatement(sent: object | null, at: number) {
  return parameter.readParameters(sent ?? {}, STATEMENT, `statements.${at + 1}.member.`);
}

function boundOrRefused({ Statement, Parameters }: StatementRequest): BoundStatement | AwsError {
  try {
    return bindStatement(Statement, Parameters);
  } catch (error) {
    if (error instanceof AwsError && error.code === 'ValidationException') return error;
    throw error;
  }
}

function refuseMixture(bound: readonly (BoundStatement | AwsError)[]): void {
  const kinds = bound.flatMap((one) => ('statement' in one ? [one.statement.kind] : []));
  const reads = kinds.filter((kind) => kind === 'select').length;
  if (reads === 0 || reads === kinds.length) return;
  throw validation('Read and write requests together in the same batch is not supported.');
}

async function respond(
  bound: BoundStatement | AwsError,
  request: StatementRequest,
  scope: DynamoDBScope,
  spending: Spending,
): Promise<Map<string, unknown>> {
  if (bound instanceof AwsError) return refused(bound, undefined);
  const TableName = bound.statement.table;
  try {
    const Item = await run(bound, request, scope, spending);
    return new Map<string, unknown>([
      ['TableName', TableName],
      ...(Item ? [['Item', Item] as const] : []),
    ]);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return refused(error, TableName);
  }
}

function refused(error: AwsError, TableName: string | undefined): Map<string, unknown> {
  return new Map<string, unknown>([
    ['Error', reasonOf(error)],
    ['TableName', TableName],
  ]);
}

async function run(
  { statement, parameters }: BoundStatement,
  request: StatementRequest,
  { caller, items, store, tables }: DynamoDBScope,
  spending: Spending,
): Promise<Raw | undefined> {
  const table = await tables.open(caller, statement.table);
  if (statement.kind === 'select') {
    const wanted = singleSelect(table, statement, parameters, 'BatchExecuteStatement');
    const value = await store.get(keyOfKey(table, wanted.key));
    const stored = value && new StoredItem(value);
    spending.add(table, readUnits(stored?.size ?? 0, request.ConsistentRead ?? false));
    return shownSingle(stored, wanted, statement);
  }
  if (statement.kind === 'exists') {
    throw validation('EXISTS can only be used in ExecuteTransaction write requests.');
  }
  const showsItem = request.ReturnValuesOnConditionCheckFailure === 'ALL_OLD';
  const changed = await items.change(caller, changeOf(table, statement, parameters, showsItem));
  spending.addChange(changed);
  return statement.kind === 'insert' ? undefined : returned(statement, changed)[0];
}
