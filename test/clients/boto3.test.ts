import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestCloud, type TestCloud } from '../cloud.ts';
import { environment, has, run } from './program.ts';

const script = `
import boto3
from boto3.dynamodb.conditions import Key
from decimal import Decimal

assert boto3.client('sts').get_caller_identity()['Account'] == '000000000000'

table = boto3.resource('dynamodb').create_table(
    TableName='menu', BillingMode='PAY_PER_REQUEST',
    AttributeDefinitions=[{'AttributeName': 'course', 'AttributeType': 'S'}, {'AttributeName': 'price', 'AttributeType': 'N'}],
    KeySchema=[{'AttributeName': 'course', 'KeyType': 'HASH'}, {'AttributeName': 'price', 'KeyType': 'RANGE'}])
table.wait_until_exists()
for price in [10, 9, -1, Decimal('2.5')]:
    table.put_item(Item={'course': 'main', 'price': price, 'raw': b'\\x00\\xff', 'tags': {'a', 'b'}})
found = table.query(KeyConditionExpression=Key('course').eq('main') & Key('price').gt(0))
assert [item['price'] for item in found['Items']] == [Decimal('2.5'), 9, 10], found
assert found['Items'][0]['raw'].value == b'\\x00\\xff'
assert found['Items'][0]['tags'] == {'a', 'b'}

ec2 = boto3.resource('ec2')
image = boto3.client('ssm').get_parameter(Name='/aws/service/alacarte/tiny')['Parameter']['Value']
[instance] = ec2.create_instances(ImageId=image, MinCount=1, MaxCount=1, InstanceType='t3.micro')
instance.wait_until_running()
instance.load()
assert instance.state['Name'] == 'running'
instance.create_tags(Tags=[{'Key': 'Name', 'Value': 'pan'}])
pages = boto3.client('ec2').get_paginator('describe_instances').paginate(Filters=[{'Name': 'tag:Name', 'Values': ['pa*']}])
assert [i['InstanceId'] for page in pages for r in page['Reservations'] for i in r['Instances']] == [instance.id]
instance.terminate()
instance.wait_until_terminated()
print('all well')
`;

describe.skipIf(!has('python3', '-c', 'import boto3'))('boto3', { timeout: 120_000 }, () => {
  let cloud: TestCloud;

  beforeAll(async () => {
    cloud = await startTestCloud();
  });
  afterAll(() => cloud[Symbol.asyncDispose]());

  test('works unmodified with resources, waiters and paginators', async () => {
    const env = environment(cloud.endpoint);
    const { stdout, stderr } = await run('python3', ['-W', 'ignore', '-'], { env, input: script });
    expect(stderr).toBe('');
    expect(stdout).toBe('all well\n');
  });
});
