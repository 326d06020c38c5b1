import {
  CreateNetworkInterfaceCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  DeleteSubnetCommand,
  DeleteVpcCommand,
  EC2Client,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import { expect, it } from 'vitest';
import { startTestCloud } from '../../../../test/cloud.ts';

const ROUNDS = 12;

async function outcomes(both: readonly Promise<unknown>[]): Promise<string[]> {
  return (await Promise.allSettled(both)).map((each) =>
    each.status === 'fulfilled' ? 'done' : (each.reason as Error).name,
  );
}

it.each(['a launch', 'an interface'])(
  'never leaves anything in a deleted subnet: %s against a deletion',
  async (use) => {
    await using cloud = await startTestCloud();
    const ec2 = cloud.client(EC2Client);
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
    for (let round = 0; round < ROUNDS; round++) {
      const { Subnet } = await ec2.send(
        new CreateSubnetCommand({ VpcId: Vpc!.VpcId, CidrBlock: `10.0.${round}.0/24` }),
      );
      const SubnetId = Subnet!.SubnetId!;
      const image = { ImageId: 'resolve:ssm:/aws/service/alacarte/tiny', MinCount: 1, MaxCount: 1 };
      const using =
        use === 'a launch'
          ? ec2.send(new RunInstancesCommand({ ...image, SubnetId }))
          : ec2.send(new CreateNetworkInterfaceCommand({ SubnetId }));
      const deleting = ec2.send(new DeleteSubnetCommand({ SubnetId }));
      expect([
        ['done', 'DependencyViolation'],
        ['InvalidSubnetID.NotFound', 'done'],
      ]).toContainEqual(await outcomes([using, deleting]));
    }
  },
);

it('never leaves a subnet in a deleted VPC', async () => {
  await using cloud = await startTestCloud();
  const ec2 = cloud.client(EC2Client);
  for (let round = 0; round < ROUNDS; round++) {
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
    const { VpcId } = Vpc!;
    const creating = ec2.send(new CreateSubnetCommand({ VpcId, CidrBlock: '10.0.0.0/24' }));
    const deleting = ec2.send(new DeleteVpcCommand({ VpcId }));
    expect([
      ['done', 'DependencyViolation'],
      ['InvalidVpcID.NotFound', 'done'],
    ]).toContainEqual(await outcomes([creating, deleting]));
  }
});
