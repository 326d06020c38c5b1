import { DescribeInstancesCommand, type EC2Client } from '@aws-sdk/client-ec2';
import { RunInstancesCommand, TerminateInstancesCommand } from '@aws-sdk/client-ec2';

const hourMs = 3_600_000;

/** Launches an instance that cooks one dish. */
export async function hireCook(client: EC2Client, dish: string): Promise<string> {
  const { Instances = [] } = await client.send(
    new RunInstancesCommand({
      ImageId: 'resolve:ssm:/aws/service/alacarte/tiny',
      InstanceType: 't3.micro',
      MinCount: 1,
      MaxCount: 1,
      TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'dish', Value: dish }] }],
    }),
  );
  return Instances[0]?.InstanceId ?? '';
}

/** Terminates the cooks that have worked for eight hours at `nowMs`; gives their dishes. */
export async function endShift(client: EC2Client, nowMs: number): Promise<string[]> {
  const { Reservations = [] } = await client.send(new DescribeInstancesCommand({}));
  const tired = Reservations.flatMap(({ Instances = [] }) => Instances).filter(
    ({ LaunchTime }) => nowMs - LaunchTime!.getTime() >= 8 * hourMs,
  );
  const InstanceIds = tired.map(({ InstanceId }) => InstanceId!);
  if (tired.length > 0) await client.send(new TerminateInstancesCommand({ InstanceIds }));
  return tired.map(({ Tags = [] }) => Tags.find(({ Key }) => Key === 'dish')?.Value ?? '');
}
