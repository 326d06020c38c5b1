import { expect, test } from 'vitest';
import { completions } from './completions.ts';

test.for<[string[], string, string[]]>([
  [[], 'dyn', ['dynamodb', 'dynamodbstreams']],
  [['ec2'], 'run-i', ['run-instances']],
  [
    ['s3api'],
    'create-bucket',
    [
      'create-bucket',
      'create-bucket-metadata-configuration',
      'create-bucket-metadata-table-configuration',
    ],
  ],
  [['ec2', 'wait'], 'instance-r', ['instance-running']],
  [['ec2', 'wait', 'instance-running'], '--instance', ['--instance-ids']],
  [['ec2', 'run-instances'], '--cou', ['--count']],
  [['ec2', 'run-instances', '--count', '1'], '--cou', []],
  [['dynamodb', 'scan', '--select'], 'A', ['ALL_ATTRIBUTES', 'ALL_PROJECTED_ATTRIBUTES']],
  [['dynamodb', 'scan', '--output'], '', ['json', 'table', 'text', 'yaml']],
  [['nothing'], '', []],
  [['ec2', 'nothing'], '', []],
])('after %j, %s becomes %j', async ([words, current, expected]) => {
  expect(await completions(words, current)).toEqual(expected);
});
