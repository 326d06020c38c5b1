import { expect, test } from 'vitest';
import { kebab, modelled } from './names.ts';
import { didYouMean, nearMisses } from './suggest.ts';

test.for([
  ['DescribeInstances', 'describe-instances'],
  ['DBInstanceIdentifier', 'db-instance-identifier'],
  ['LoadBalancerArns', 'load-balancer-arns'],
  ['ListWebACLs', 'list-web-acls'],
  ['PutKMSKeyIDs', 'put-kms-key-ids'],
  ['Ipv6Addresses', 'ipv6-addresses'],
  ['SSEKMSKeyId', 'ssekms-key-id'],
  ['maxResults', 'max-results'],
])('%s is %s on the command line', ([name, typed]) => {
  expect(kebab(name!)).toBe(typed);
  expect(modelled(['Other', name!], typed!)).toBe(name);
});

test('suggests what is near, and nothing where nothing is', () => {
  const names = ['describe-instances', 'describe-images', 'run-instances'];
  expect(nearMisses('descibe-instances', names)[0]).toBe('describe-instances');
  expect(didYouMean('run-instance', names)).toBe(' Did you mean run-instances?');
  expect(didYouMean('xyzzy', names)).toBe('');
});
