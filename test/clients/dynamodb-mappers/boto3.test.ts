import { expect, test } from 'vitest';
import { startTestCloud } from '../../cloud.ts';
import { environment, has, run } from '../program.ts';
import { createSingleTable } from './single-table.ts';

const script = `
import boto3
from boto3.dynamodb.conditions import Attr, Key
from botocore.exceptions import ClientError
from decimal import Decimal

table = boto3.resource('dynamodb').Table('boto')
client = table.meta.client
assert table.table_status == 'ACTIVE' and table.global_secondary_indexes[0]['IndexName'] == 'gsi1'

table.put_item(Item={'pk': 'lunch', 'sk': 'omelette', 'price': Decimal('9.50'), 'steps': [], 'egg': True},
               ConditionExpression=Attr('pk').not_exists())
try:
    table.put_item(Item={'pk': 'lunch', 'sk': 'omelette'}, ConditionExpression=Attr('pk').not_exists())
    raise AssertionError('put twice')
except client.exceptions.ConditionalCheckFailedException as refused:
    assert refused.response['Error']['Message'] == 'The conditional request failed'
changed = table.update_item(
    Key={'pk': 'lunch', 'sk': 'omelette'}, ReturnValues='UPDATED_NEW',
    UpdateExpression='SET price = price + :more, steps = list_append(steps, :steps) ADD served :one, tags :tags REMOVE egg',
    ConditionExpression=Attr('price').between(9, 10) & ~Attr('served').exists(),
    ExpressionAttributeValues={':more': Decimal('0.75'), ':steps': ['fold'], ':one': 1, ':tags': {'a', 'b'}})
assert changed['Attributes'] == {'price': Decimal('10.25'), 'steps': ['fold'], 'served': 1, 'tags': {'a', 'b'}}, changed

with table.batch_writer(overwrite_by_pkeys=['pk', 'sk']) as batch:
    for n in list(range(60)) + [7]:
        batch.put_item(Item={'pk': 'dinner', 'sk': f'{n:02}', 'gsi1pk': 'ab'[n % 2], 'gsi1sk': f'{99 - n}', 'n': n})
    batch.delete_item(Key={'pk': 'dinner', 'sk': '59'})
assert table.scan(Select='COUNT')['Count'] == 60
page = table.query(IndexName='gsi1', Limit=10, ScanIndexForward=False,
                   KeyConditionExpression=Key('gsi1pk').eq('a') & Key('gsi1sk').gte('50'))
rest = table.query(IndexName='gsi1', ExclusiveStartKey=page['LastEvaluatedKey'], ScanIndexForward=False,
                   KeyConditionExpression=Key('gsi1pk').eq('a') & Key('gsi1sk').gte('50'))
assert [int(i['n']) for i in page['Items'] + rest['Items']] == list(range(0, 50, 2)), (page, rest)
pages = client.get_paginator('scan').paginate(
    TableName='boto', FilterExpression=Attr('n').is_in([3, 4]) | Attr('sk').contains('ome'),
    ProjectionExpression='sk', PaginationConfig={'PageSize': 7})
assert sorted(i['sk'] for p in pages for i in p['Items']) == ['03', '04', 'omelette']
keys = [{'pk': 'dinner', 'sk': f'{n:02}'} for n in range(50, 60)]
found = boto3.resource('dynamodb').batch_get_item(RequestItems={'boto': {'Keys': keys}})
assert len(found['Responses']['boto']) == 9 and found['UnprocessedKeys'] == {}

def order(n):
    return client.transact_write_items(ClientRequestToken=f'order-{n}', TransactItems=[
        {'ConditionCheck': {'TableName': 'boto', 'Key': {'pk': 'lunch', 'sk': 'omelette'},
                            'ConditionExpression': 'served = :n', 'ExpressionAttributeValues': {':n': n}}},
        {'Update': {'TableName': 'boto', 'Key': {'pk': 'dinner', 'sk': '00'},
                    'UpdateExpression': 'ADD n :one', 'ExpressionAttributeValues': {':one': 1}}}])
order(1)
order(1)
try:
    order(2)
    raise AssertionError('ordered what was not served')
except ClientError as refused:
    assert refused.response['Error']['Code'] == 'TransactionCanceledException'
    assert [r['Code'] for r in refused.response['CancellationReasons']] == ['ConditionalCheckFailed', 'None']
read = client.transact_get_items(TransactItems=[
    {'Get': {'TableName': 'boto', 'Key': {'pk': 'dinner', 'sk': sk}}} for sk in ['00', 'none']])
assert [r.get('Item', {}).get('n') for r in read['Responses']] == [1, None], read
print('all well')
`;

test.skipIf(!has('python3', '-c', 'import boto3'))(
  "boto3: a table's resource, conditions, an index, batches and transactions",
  { timeout: 60_000 },
  async () => {
    await using cloud = await startTestCloud();
    await createSingleTable(cloud, 'boto');
    const { stdout, stderr } = await run('python3', ['-W', 'ignore', '-'], {
      env: environment(cloud.endpoint),
      input: script,
    });
    expect(stderr).toBe('');
    expect(stdout).toBe('all well\n');
  },
);
