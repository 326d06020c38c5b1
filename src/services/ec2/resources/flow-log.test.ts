import { expect, it } from 'vitest';
import { startResourceHarness } from '../../../../test/resource-harness.ts';

it('makes a flow log, tags it, and takes it away', async () => {
  await using harness = await startResourceHarness();
  const vpc = await harness.create('AWS::EC2::VPC', { CidrBlock: '10.0.0.0/16' });
  const desired = {
    ...{ ResourceId: vpc.identifier, ResourceType: 'VPC', TrafficType: 'REJECT' },
    ...{ LogDestinationType: 's3', LogDestination: 'arn:aws:s3:::flows' },
    DestinationOptions: {
      ...{ FileFormat: 'parquet', HiveCompatiblePartitions: true, PerHourPartition: false },
    },
  };
  const log = await harness.create('AWS::EC2::FlowLog', desired);
  expect(await log.read()).toMatchObject({ ...desired, Id: log.identifier });
  const Tags = [{ Key: 'for', Value: 'audit' }];
  await log.update({ ...desired, Tags });
  expect(await log.read()).toMatchObject({ Tags });
  expect(await harness.list('AWS::EC2::FlowLog')).toEqual([log.identifier]);
  await log.delete();
  expect(await log.read()).toBeUndefined();
});
