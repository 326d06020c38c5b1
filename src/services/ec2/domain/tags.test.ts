import { expect, it } from 'vitest';
import { type Caller, rootPrincipal } from '../../../kernel/caller.ts';
import { merged } from './tags.ts';

const client: Caller = {
  account: '000000000000',
  region: 'us-east-1',
  principal: rootPrincipal('000000000000'),
};
const cloudFormation: Caller = { ...client, calledVia: ['cloudformation.amazonaws.com'] };
const fifty = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`key-${at}`, '']));
const ofStack = { Key: 'aws:cloudformation:stack-name', Value: 'kitchen' };

it('takes tags of a stack from CloudFormation only, beside the fifty of its owner', () => {
  expect(merged(cloudFormation, fifty, [ofStack])).toEqual({ ...fifty, [ofStack.Key]: 'kitchen' });
  expect(() => merged(client, {}, [ofStack])).toThrow('reserved for internal use');
  expect(() => merged(cloudFormation, {}, [{ Key: 'aws:ec2:x', Value: '' }])).toThrow(
    'reserved for internal use',
  );
});
