import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { answer } from '../domain/answer.ts';
import { Spending, readUnits } from '../domain/capacity.ts';
import { keyOfKey } from '../domain/keys.ts';
import * as parameter from '../domain/parameters.ts';
import { type ChangeStatement, changeOf, returned } from '../domain/partiql/changes.ts';
import { leaveOf } from '../domain/partiql/leave.ts';
import { shownSingle, singleSelect } from '../domain/partiql/single-select.ts';
import { type BoundStatement, bindStatement } from '../domain/partiql/statements.ts';
import type { Select } from '../domain/partiql/syntax.ts';
import { spentBy } from '../domain/transaction-spending.ts';
import { validation } from '../errors.ts';
import type { DynamoDBScope } from '../scope.ts';

const PARAMETERS = {
  TransactStatements: parameter.required(
    parameter.list('ParameterizedStatement', parameter.structure('ParameterizedStatement'), {
      min: 1,
      max: 100,
    }),
  ),
  ClientRequestToken: parameter.stringUpTo(36),
  ReturnConsumedCapacity: parameter.capacityDetail,
};
const STATEMENT = {
  Statement: parameter.required(parameter.statement),
  Parameters: parameter.list('AttributeValue', parameter.anything, { min: 1 }),
  ReturnValuesOnConditionCheckFailure: parameter.oneOf('ALL_OLD', 'NONE'),
};

interface Bound<Kind> extends BoundStatement {
  readonly statement: Kind extends 'read' ? Select : ChangeStatement;
  readonly showsItem: boolean;
}

export const executeTransaction = operation(model.ExecuteTransaction, {
  wire: true,
  authorize({ TransactStatements }, { caller }: DynamoDBScope) {
    const sent: unknown[] = Array.isArray(TransactStatements) ? TransactStatements : [];
    return sent.flatMap((one) =>
      leaveOf((one as { Statement?: unknown } | null)?.Statement, caller),
    );
  },
  async handle(sent: object, scope: DynamoDBScope) {
    const input = parameter.readParameters(sent, PARAMETERS);
    const bound = input.TransactStatements.map(readStatement);
    const reads = bound.filter(isRead);
    if (reads.length === bound.length) {
      return read(reads, input.ReturnConsumedCapacity, scope);
    }
    const writes = bound.filter((one): one is Bound<'write'> => !isRead(one));
    if (reads.length > 0) {
      throw validation(
        'ExecuteTransaction API does not support both read and write operations in the same request.',
      );
    }
    return write(writes, input, scope);
  },
});

function readStatement(sent: object | null, at: number): Bound<'read'> | Bound<'write'> {
  const within = `transactStatements.${at + 1}.member.`;
  const request = parameter.readParameters(sent ?? {}, STATEMENT, within);
  const showsItem = request.ReturnValuesOnConditionCheckFailure === 'ALL_OLD';
  const bound = bindStatement(request.Statement, request.Parameters);
  return { ...bound, showsItem } as Bound<'read'> | Bound<'write'>;
}

function isRead(bound: Bound<'read'> | Bound<'write'>): bound is Bound<'read'> {
  return bound.statement.kind === 'select';
}

type Detail = Parameters<Spending['ofAll']>[0];

async function read(
  bound: readonly Bound<'read'>[],
  detail: Detail,
  { caller, explain, tables, transactions }: DynamoDBScope,
) {
  const wanted = await Promise.all(
    bound.map(async ({ statement, parameters }) => {
      const table = await tables.open(caller, statement.table);
      return singleSelect(table, statement, parameters, 'ExecuteTransaction');
    }),
  );
  const found = await transactions.read(
    caller,
    wanted.map(({ key }, at) => ({
      table: bound[at]!.statement.table,
      locate: (table) => keyOfKey(table, key),
    })),
  );
  const spending = new Spending(explain);
  for (const { table, stored } of found) {
    spending.add(table, 2 * readUnits(stored?.size ?? 0, true));
  }
  return answer({
    Responses: found.map(
      ({ stored }, at) =>
        new Map([['Item', shownSingle(stored, wanted[at]!, bound[at]!.statement)]]),
    ),
    ConsumedCapacity: spending.ofAll(detail, 'read'),
  });
}

async function write(
  bound: readonly Bound<'write'>[],
  input: {
    readonly TransactStatements: unknown;
    readonly ClientRequestToken: string | undefined;
    readonly ReturnConsumedCapacity: Detail;
  },
  { caller, explain, tables, transactions }: DynamoDBScope,
) {
  const changes = await Promise.all(
    bound.map(async ({ statement, parameters, showsItem }) => {
      const table = await tables.open(caller, statement.table);
      return changeOf(table, statement, parameters, showsItem);
    }),
  );
  const made = await transactions.write(caller, {
    changes,
    token: input.ClientRequestToken,
    parameters: input.TransactStatements,
  });
  const Responses = made.changed.map((changed, at) => {
    const { statement } = bound[at]!;
    const shows = statement.kind === 'update' || statement.kind === 'delete';
    return new Map([['Item', shows ? returned(statement, changed)[0] : undefined]]);
  });
  return answer({
    Responses,
    ConsumedCapacity: spentBy(made, input.ReturnConsumedCapacity, explain),
  });
}
