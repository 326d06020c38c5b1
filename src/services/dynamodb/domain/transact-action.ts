import { validation } from '../errors.ts';
import { admitItem, checkItemSize } from './admit-item.ts';
import type { ExpressionParameters } from './expressions/request-expressions.ts';
import { readExpressions } from './expressions/request-expressions.ts';
import type { Guard } from './item-changes.ts';
import { checking, deleting, putting, updating } from './item-changes.ts';
import type { ItemChange } from './item-writes.ts';
import * as parameter from './parameters.ts';
import { StoredItem } from './stored-item.ts';

/** One of TransactWriteItems' actions, read. */
export interface TransactAction {
  readonly change: ItemChange;
  /** Of what was sent, in bytes by AWS's arithmetic: the item or its key. */
  readonly size: number;
}

/** @param at its place in the request, from 0 */
export function readAction(sent: object | null, at: number): TransactAction {
  const within = `transactItems.${at + 1}.member.`;
  const { Put, Update, Delete, ConditionCheck } = parameter.readParameters(
    sent ?? {},
    ACTIONS,
    within,
  );
  const given = [Put, Update, Delete, ConditionCheck].filter((action) => action !== undefined);
  if (given.length > 1) {
    throw validation('TransactItems can only contain one of Check, Put, Update or Delete');
  }
  if (Put) return readPut(Put, `${within}put.`);
  if (Update) return readUpdate(Update, `${within}update.`);
  if (Delete) return readDelete(Delete, `${within}delete.`);
  if (ConditionCheck) return readCheck(ConditionCheck, `${within}conditionCheck.`);
  throw validation(
    'Invalid Request: TransactWriteRequest should contain Delete or Put or Update request',
  );
}

const ACTIONS = {
  Put: parameter.structure('Put'),
  Update: parameter.structure('Update'),
  Delete: parameter.structure('Delete'),
  ConditionCheck: parameter.structure('ConditionCheck'),
};

const COMMON = {
  TableName: parameter.required(parameter.tableName),
  ConditionExpression: parameter.string,
  ExpressionAttributeNames: parameter.names,
  ExpressionAttributeValues: parameter.attributes,
  ReturnValuesOnConditionCheckFailure: parameter.oneOf('ALL_OLD', 'NONE'),
};
const KEY = parameter.required(parameter.attributes);
const PUT = { Item: parameter.required(parameter.attributes), ...COMMON };
const DELETE = { Key: KEY, ...COMMON };
const UPDATE = { Key: KEY, UpdateExpression: parameter.required(parameter.string), ...COMMON };
const CHECK = { Key: KEY, ...COMMON, ConditionExpression: parameter.required(parameter.string) };

function readPut(sent: object, within: string): TransactAction {
  const input = parameter.readParameters(sent, PUT, within);
  const { item, size } = admitItem(input.Item);
  checkItemSize(size);
  const stored = StoredItem.of(item, size);
  return { change: putting(input.TableName, stored, guardOf(input)), size };
}

function readDelete(sent: object, within: string): TransactAction {
  const input = parameter.readParameters(sent, DELETE, within);
  const { item: key, size } = admitItem(input.Key);
  return { change: deleting(input.TableName, key, guardOf(input)), size };
}

function readCheck(sent: object, within: string): TransactAction {
  const input = parameter.readParameters(sent, CHECK, within);
  const { item: key, size } = admitItem(input.Key);
  return { change: checking(input.TableName, key, guardOf(input)), size };
}

function readUpdate(sent: object, within: string): TransactAction {
  const input = parameter.readParameters(sent, UPDATE, within);
  const { item: key, size } = admitItem(input.Key);
  const expressions = readExpressions(input, 'UpdateExpression', 'ConditionExpression');
  const { update = [], condition, paths } = expressions;
  const guard = { condition, paths, showsItem: showsItem(input) };
  return { change: updating(input.TableName, key, update, guard), size };
}

interface GuardParameters extends ExpressionParameters {
  readonly ReturnValuesOnConditionCheckFailure?: 'ALL_OLD' | 'NONE' | undefined;
}

function guardOf(input: GuardParameters): Guard {
  const { condition, paths } = readExpressions(input, 'ConditionExpression');
  return { condition, paths, showsItem: showsItem(input) };
}

function showsItem({ ReturnValuesOnConditionCheckFailure: returned }: GuardParameters): boolean {
  return returned === 'ALL_OLD';
}
