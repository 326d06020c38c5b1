import type { CannedAnswer } from './recording-server.ts';

/** A command line with what it is answered, page by page. */
export interface Exchange {
  readonly line: readonly string[];
  readonly answers: readonly CannedAnswer[];
}

const xml = (body: string): CannedAnswer => ({ contentType: 'text/xml', body });
const json = (value: unknown): CannedAnswer => ({
  contentType: 'application/x-amz-json-1.0',
  body: JSON.stringify(value),
});

const instance = (id: string, extra = ''): string =>
  `<item><instanceId>${id}</instanceId><instanceState><code>16</code><name>running</name></instanceState>` +
  `<launchTime>2026-01-02T03:04:05.000Z</launchTime><ebsOptimized>false</ebsOptimized>${extra}</item>`;

const reservations = (instances: string, next = ''): string =>
  '<DescribeInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><requestId>r</requestId>' +
  '<reservationSet><item><reservationId>r-1</reservationId><ownerId>000000000000</ownerId><groupSet/>' +
  `<instancesSet>${instances}</instancesSet></item></reservationSet>${next}</DescribeInstancesResponse>`;

const tags =
  '<tagSet><item><key>Name</key><value>web &amp; 東京</value></item><item><key>b</key><value/></item></tagSet>';
const twoInstances = xml(reservations(instance('i-1', tags) + instance('i-2')));
const instancePages = [
  xml(reservations(instance('i-1') + instance('i-2'), '<nextToken>more</nextToken>')),
  xml(reservations(instance('i-3'))),
];

const identity = xml(
  '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>' +
    '<Arn>arn:aws:iam::000000000000:root</Arn><UserId>000000000000</UserId><Account>000000000000</Account>' +
    '</GetCallerIdentityResult><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></GetCallerIdentityResponse>',
);

const regions = xml(
  '<DescribeRegionsResponse><regionInfo><item><regionName>eu-west-1</regionName><regionEndpoint>ec2.eu-west-1.amazonaws.com</regionEndpoint></item>' +
    '<item><regionName>us-east-1</regionName><optInStatus>opt-in-not-required</optInStatus></item></regionInfo></DescribeRegionsResponse>',
);

const item = json({
  Item: {
    k: { S: 'a' },
    n: { N: '1.50' },
    b: { B: 'aGk=' },
    l: { L: [{ BOOL: true }, { NULL: true }] },
  },
});

const table = json({
  Table: {
    AttributeDefinitions: [{ AttributeName: 'k', AttributeType: 'S' }],
    TableName: 'music',
    KeySchema: [{ AttributeName: 'k', KeyType: 'HASH' }],
    TableStatus: 'ACTIVE',
    CreationDateTime: 1767323045.25,
    TableSizeBytes: 0,
    ItemCount: 3,
    DeletionProtectionEnabled: false,
  },
});

const scanPages = [
  json({
    Items: [{ k: { S: 'a' } }, { k: { S: 'b' } }],
    Count: 2,
    ScannedCount: 4,
    LastEvaluatedKey: { k: { S: 'b' } },
  }),
  json({ Items: [{ k: { S: 'c' } }], Count: 1, ScannedCount: 1 }),
];

const names = json({ TableNames: ['a', 'longer-name'] });
const describe = ['ec2', 'describe-instances'];
const scan = ['dynamodb', 'scan', '--table-name', 'music'];

const bases: readonly Exchange[] = [
  { line: ['sts', 'get-caller-identity'], answers: [identity] },
  { line: ['sts', 'get-caller-identity', '--query', 'Account'], answers: [identity] },
  { line: describe, answers: [twoInstances] },
  {
    line: [...describe, '--query', 'Reservations[].Instances[].[InstanceId,State.Name]'],
    answers: [twoInstances],
  },
  {
    line: [
      ...describe,
      '--query',
      'Reservations[].Instances[].{Id:InstanceId,Up:EbsOptimized,T:Tags}',
    ],
    answers: [twoInstances],
  },
  {
    line: [...describe, '--query', 'Reservations[0].Instances[0].LaunchTime'],
    answers: [twoInstances],
  },
  { line: [...describe, '--query', 'Reservations[0].Nothing'], answers: [twoInstances] },
  {
    line: [...describe, '--query', 'Reservations[].Instances[].InstanceId'],
    answers: [twoInstances],
  },
  { line: [...describe, '--query', 'length(Reservations[].Instances[])'], answers: [twoInstances] },
  { line: describe, answers: instancePages },
  { line: describe, answers: [xml(reservations(''))] },
  { line: ['ec2', 'describe-regions'], answers: [regions] },
  {
    line: ['ec2', 'delete-key-pair', '--key-name', 'k'],
    answers: [xml('<DeleteKeyPairResponse><return>true</return></DeleteKeyPairResponse>')],
  },
  { line: ['dynamodb', 'get-item', '--table-name', 'music', '--key', 'k={S=a}'], answers: [item] },
  { line: ['dynamodb', 'describe-table', '--table-name', 'music'], answers: [table] },
  {
    line: ['dynamodb', 'put-item', '--table-name', 'music', '--item', 'k={S=a}'],
    answers: [json({})],
  },
  { line: ['dynamodb', 'list-tables'], answers: [names] },
  { line: scan, answers: scanPages },
  { line: [...scan, '--max-items', '1'], answers: scanPages },
  { line: [...scan, '--max-items', '2'], answers: scanPages },
  { line: [...scan, '--no-paginate'], answers: scanPages },
  { line: [...scan, '--query', 'Count'], answers: scanPages },
];

/** Every exchange in each format that both command lines have. */
export const exchanges: readonly Exchange[] = bases.flatMap(({ line, answers }) =>
  ['json', 'text', 'table'].map((format) => ({ line: [...line, '--output', format], answers })),
);
