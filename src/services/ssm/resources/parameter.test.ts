import { expect, it } from 'vitest';
import { startResourceHarness } from '../../../../test/resource-harness.ts';

const type = 'AWS::SSM::Parameter';

it('makes, changes and unmakes a parameter', async () => {
  await using harness = await startResourceHarness();
  const desired = { Type: 'String', Value: 'a', Description: 'first', Tags: { team: 'kitchen' } };
  const made = await harness.create(type, desired, { stack: 'shop' });
  const Name = made.identifier;
  const Arn = `arn:aws:ssm:us-east-1:000000000000:parameter/${Name}`;
  expect(await made.read()).toEqual({
    ...{ ...desired, Name, Arn, Tier: 'Standard', DataType: 'text' },
    Tags: { team: 'kitchen', stack: 'shop' },
  });
  expect(await harness.list(type)).toEqual([Name]);

  await made.update({ Type: 'StringList', Value: 'a,b' }, { stack: 'store' });
  expect(await made.read()).toEqual({
    ...{ Name, Arn, Type: 'StringList', Value: 'a,b', Tier: 'Standard', DataType: 'text' },
    Tags: { stack: 'store' },
  });
  await made.delete();
  expect(await made.read()).toBeUndefined();
});

it("leaves another owner's parameter of that name alone", async () => {
  await using harness = await startResourceHarness();
  const desired = { Name: '/shop/size', Type: 'String', Value: '1' };
  const first = await harness.create(type, desired);
  await expect(harness.create(type, { ...desired, Value: '2' })).rejects.toMatchObject({
    code: 'ParameterAlreadyExists',
  });
  expect(await first.read()).toMatchObject({ Value: '1' });
});
