import {
  DescribeAggregateIdFormatCommand,
  DescribeIdFormatCommand,
  DescribeIdentityIdFormatCommand,
  DescribePrincipalIdFormatCommand,
  EC2Client,
  ModifyIdFormatCommand,
  ModifyIdentityIdFormatCommand,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestCloud, type TestCloud } from '../../../../test/cloud.ts';

const PrincipalArn = 'arn:aws:iam::000000000000:root';

let cloud: TestCloud;
let ec2: EC2Client;

beforeAll(async () => {
  cloud = await startTestCloud();
  ec2 = cloud.client(EC2Client);
});
afterAll(() => cloud[Symbol.asyncDispose]());

test('all IDs are long, whoever asks', async () => {
  const all = await ec2.send(new DescribeAggregateIdFormatCommand({}));
  expect(all.UseLongIdsAggregated).toBe(true);
  expect(all.Statuses).toContainEqual({ Resource: 'instance', UseLongIds: true });
  expect((await ec2.send(new DescribeIdFormatCommand({}))).Statuses).toEqual(all.Statuses);
  const own = await ec2.send(
    new DescribeIdentityIdFormatCommand({ PrincipalArn, Resource: 'vpc' }),
  );
  expect(own.Statuses).toEqual([{ Resource: 'vpc', UseLongIds: true }]);
  const { Principals } = await ec2.send(new DescribePrincipalIdFormatCommand({}));
  expect(Principals).toEqual([]);
  for (const wrong of [
    new DescribeIdFormatCommand({ Resource: 'omelette' }),
    new DescribeIdentityIdFormatCommand({ PrincipalArn: 'somebody' }),
  ]) {
    await expect(ec2.send(wrong as DescribeIdFormatCommand)).rejects.toMatchObject({
      name: 'InvalidParameterValue',
    });
  }
});

test('nobody has short IDs again', async () => {
  const Resource = 'instance';
  await ec2.send(new ModifyIdFormatCommand({ Resource: 'all-current', UseLongIds: true }));
  await ec2.send(
    new ModifyIdentityIdFormatCommand({ PrincipalArn: 'all', Resource, UseLongIds: true }),
  );
  for (const short of [
    () => ec2.send(new ModifyIdFormatCommand({ Resource, UseLongIds: false })),
    () =>
      ec2.send(new ModifyIdentityIdFormatCommand({ PrincipalArn, Resource, UseLongIds: false })),
  ]) {
    await expect(short()).rejects.toMatchObject({ name: 'OperationNotPermitted' });
  }
});
