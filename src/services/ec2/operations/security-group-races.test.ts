import {
  CreateSecurityGroupCommand,
  DeleteSecurityGroupCommand,
  DescribeInstancesCommand,
  DescribeSecurityGroupsCommand,
  EC2Client,
  ModifyInstanceAttributeCommand,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import { expect, it } from 'vitest';
import { startTestCloud } from '../../../../test/cloud.ts';

const ROUNDS = 12;

it.each(['a launch', 'a change of groups'])(
  'never leaves an instance in a deleted group: %s against a deletion',
  async (use) => {
    await using cloud = await startTestCloud();
    const ec2 = cloud.client(EC2Client);
    const image = { ImageId: 'resolve:ssm:/aws/service/alacarte/tiny', MinCount: 1, MaxCount: 1 };
    const { Instances } = await ec2.send(new RunInstancesCommand(image));
    const { InstanceId } = Instances![0]!;
    for (let round = 0; round < ROUNDS; round++) {
      const GroupName = `kitchen-${round}`;
      const { GroupId } = await ec2.send(
        new CreateSecurityGroupCommand({ GroupName, Description: 'who may come in' }),
      );
      const Groups = [GroupId!];
      const using =
        use === 'a launch'
          ? ec2.send(new RunInstancesCommand({ ...image, SecurityGroupIds: Groups }))
          : ec2.send(new ModifyInstanceAttributeCommand({ InstanceId, Groups }));
      const deleting = ec2.send(new DeleteSecurityGroupCommand({ GroupId }));
      const outcome = (await Promise.allSettled([using, deleting])).map((each) =>
        each.status === 'fulfilled' ? 'done' : (each.reason as Error).name,
      );
      expect([
        ['done', 'DependencyViolation'],
        ['InvalidGroup.NotFound', 'done'],
      ]).toContainEqual(outcome);
    }
    const { SecurityGroups } = await ec2.send(new DescribeSecurityGroupsCommand({}));
    const there = new Set(SecurityGroups!.map(({ GroupId }) => GroupId));
    const { Reservations } = await ec2.send(new DescribeInstancesCommand({}));
    for (const each of Reservations!.flatMap((reservation) => reservation.Instances!)) {
      expect(each.SecurityGroups!.filter(({ GroupId }) => !there.has(GroupId))).toEqual([]);
    }
  },
);
