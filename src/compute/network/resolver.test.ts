import { decode, encode, type RecordType } from 'dns-packet';
import { expect, test } from 'vitest';
import { Resolver } from './resolver.ts';
import { emptyPlan } from './vpc-plan.ts';

const plan = {
  ...emptyPlan('vpc-1'),
  names: {
    'ip-10-0-0-5.ec2.internal': ['10.0.0.5'],
    'sqs.us-east-1.amazonaws.com': ['10.0.0.7', '10.0.1.7'],
    '*.dkr.ecr.us-east-1.amazonaws.com': ['10.0.0.8'],
  },
  services: { sts: '198.51.100.1', ddb: '52.94.0.1', sqs: '198.51.100.1' },
};

/** The data of a question's answers, and the code that it ended with. */
async function ask(name: string, type: RecordType = 'A') {
  const question = encode({ type: 'query', id: 7, questions: [{ type, name }] });
  const answer = decode((await new Resolver().answer(question, plan)) ?? Buffer.alloc(0));
  const data = answer.answers?.map((each) => ('data' in each ? each.data : undefined));
  return { data, code: (answer.flags ?? 0) & 15 };
}

test.each([
  ['sts.amazonaws.com', '198.51.100.1'],
  ['STS.eu-west-1.amazonaws.com', '198.51.100.1'],
  ['sts-fips.us-gov-west-1.amazonaws.com', '198.51.100.1'],
  ['sts.us-east-1.api.aws', '198.51.100.1'],
  ['sts.cn-north-1.amazonaws.com.cn', '198.51.100.1'],
  ['123456789012.ddb.us-east-1.amazonaws.com', '52.94.0.1'],
  ['123456789012.dkr.ecr.us-east-1.amazonaws.com', '10.0.0.8'],
])('%s leads to a service of AWS', async (name, address) => {
  expect((await ask(name)).data).toEqual([address]);
});

test('an endpoint takes the name of its service in its region only', async () => {
  expect((await ask('sqs.us-east-1.amazonaws.com')).data).toEqual(['10.0.0.7', '10.0.1.7']);
  expect((await ask('sqs.us-east-2.amazonaws.com')).data).toEqual(['198.51.100.1']);
});

test('a name has no addresses of IPv6, and is not said to be missing', async () => {
  expect(await ask('sts.amazonaws.com', 'AAAA')).toEqual({ data: [], code: 0 });
  expect(await ask('ip-10-0-0-6.ec2.internal')).toEqual({ data: [], code: 3 });
});

test('an address has a name', async () => {
  const { data } = await ask('5.0.0.10.in-addr.arpa', 'PTR');
  expect(data).toEqual(['ip-10-0-0-5.ec2.internal']);
});
