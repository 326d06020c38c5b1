import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/dynamodb.ts';
import { admitItem, checkItemSize } from '../domain/admit-item.ts';
import { answer } from '../domain/answer.ts';
import { Spending } from '../domain/capacity.ts';
import { deleting, putting } from '../domain/item-changes.ts';
import { collectionMetricsByTable } from '../domain/item-collections.ts';
import type { ItemChange } from '../domain/item-writes.ts';
import { keyAmong } from '../domain/keys.ts';
import * as parameter from '../domain/parameters.ts';
import { StoredItem } from '../domain/stored-item.ts';
import { serialization, validation } from '../errors.ts';
import type { DynamoDBScope } from '../scope.ts';
import { leave } from '../scope.ts';

const MAX_REQUESTS = 25;

const PARAMETERS = {
  RequestItems: parameter.required(parameter.byTable('WriteRequest', MAX_REQUESTS)),
  ReturnConsumedCapacity: parameter.capacityDetail,
  ReturnItemCollectionMetrics: parameter.oneOf('SIZE', 'NONE'),
};

/** AWS makes each change for itself; that they are one step here is a matter of speed. */
export const batchWriteItem = operation(model.BatchWriteItem, {
  wire: true,
  authorize({ RequestItems }, { caller }: DynamoDBScope) {
    return Object.keys(RequestItems ?? {}).map((table) => leave('BatchWriteItem', table, caller));
  },
  async handle(sent: object, { caller, explain, items, store }: DynamoDBScope) {
    const input = parameter.readParameters(sent, PARAMETERS);
    const changes = readRequests(input.RequestItems);
    const changed = await items.changeAll(caller, changes, { duplicate });
    const spending = new Spending(explain);
    for (const one of changed) spending.addChange(one);
    return answer({
      UnprocessedItems: {},
      ConsumedCapacity: spending.ofAll(input.ReturnConsumedCapacity),
      ItemCollectionMetrics: await collectionMetricsByTable(
        store,
        input.ReturnItemCollectionMetrics,
        changed,
      ),
    });
  },
});

function readRequests(byTable: Readonly<Record<string, unknown>>): readonly ItemChange[] {
  const entries = Object.entries(byTable);
  if (entries.length === 0) {
    throw validation('The requestItems parameter is required for BatchWriteItem');
  }
  const changes = entries.flatMap(([table, requests]) => {
    if (!Array.isArray(requests)) throw listExpected(table, requests);
    return requests.map((request, at) => readRequest(table, request as unknown, at));
  });
  if (changes.length > MAX_REQUESTS) {
    throw validation('Too many items requested for the BatchWriteItem call');
  }
  return changes;
}

function listExpected(table: string, sent: unknown): Error {
  if (sent === null) {
    return validation(`The batch write request list for a table cannot be null or empty: ${table}`);
  }
  return serialization(
    typeof sent === 'object'
      ? 'Start of structure or map found where not expected'
      : 'Unexpected field type',
  );
}

const ONE = { Request: parameter.structure('WriteRequest') };
const REQUEST = {
  PutRequest: parameter.structure('PutRequest'),
  DeleteRequest: parameter.structure('DeleteRequest'),
};
const PUT = { Item: parameter.required(parameter.attributes) };
const DELETE = { Key: parameter.required(parameter.attributes) };

function readRequest(table: string, sent: unknown, at: number): ItemChange {
  const { Request = {} } = parameter.readParameters({ Request: sent }, ONE);
  const within = `requestItems.${table}.member.${at + 1}.member.`;
  const { PutRequest, DeleteRequest } = parameter.readParameters(Request, REQUEST, within);
  if ((PutRequest === undefined) === (DeleteRequest === undefined)) {
    // AWS's own words, also where none is given
    throw validation(
      'Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes',
    );
  }
  return PutRequest
    ? readPut(table, PutRequest, `${within}putRequest.`)
    : readDelete(table, DeleteRequest!, `${within}deleteRequest.`);
}

/** A key that does not fit is refused as a whole here, not attribute by attribute. */
function readPut(table: string, sent: object, within: string): ItemChange {
  const { Item } = parameter.readParameters(sent, PUT, within);
  const { item, size } = admitItem(Item);
  checkItemSize(size);
  return {
    ...putting(table, StoredItem.of(item, size)),
    locate: (opened) => keyAmong(opened, item),
  };
}

function readDelete(table: string, sent: object, within: string): ItemChange {
  const { Key } = parameter.readParameters(sent, DELETE, within);
  return deleting(table, admitItem(Key).item);
}

function duplicate(): Error {
  return validation('Provided list of item keys contains duplicates');
}
