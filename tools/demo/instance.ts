import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateKeyPairCommand,
  DescribeInstancesCommand,
  type EC2Client,
  GetConsoleOutputCommand,
  type Instance,
  RunInstancesCommand,
  TerminateInstancesCommand,
  waitUntilInstanceRunning,
  waitUntilInstanceTerminated,
} from '@aws-sdk/client-ec2';
import { logIn } from './log-in.ts';
import { call, chapter, line, quote } from './narrator.ts';

const userData = `#!/bin/sh
echo "Bonjour from user data, on $(hostname)" > /etc/motd.demo
`;

/** An instance that boots, lets us in with the key it was given, and goes. */
export async function launch(
  ec2: EC2Client,
  { folder, canBoot }: { readonly folder: string; readonly canBoot: boolean },
): Promise<void> {
  chapter('An instance');
  const keyFile = join(folder, 'demo.pem');
  const key = ec2.send(new CreateKeyPairCommand({ KeyName: 'demo', KeyType: 'ed25519' }));
  const { KeyMaterial } = await call(
    'ec2 CreateKeyPair',
    'demo',
    key,
    (o) => `${o.KeyFingerprint}`,
  );
  writeFileSync(keyFile, `${KeyMaterial}`, { mode: 0o600 });

  const rule = { GroupName: 'default', IpProtocol: 'tcp', FromPort: 22, ToPort: 22 };
  const opened = ec2.send(
    new AuthorizeSecurityGroupIngressCommand({ ...rule, CidrIp: '127.0.0.1/32' }),
  );
  await call('ec2 AuthorizeSecurityGroupIngress', 'SSH from this host', opened, (o) => {
    return `${o.SecurityGroupRules?.[0]?.SecurityGroupRuleId}`;
  });

  const run = new RunInstancesCommand({
    ImageId: 'resolve:ssm:/aws/service/alacarte/tiny',
    InstanceType: 't3.micro',
    MinCount: 1,
    MaxCount: 1,
    KeyName: 'demo',
    UserData: Buffer.from(userData).toString('base64'),
  });
  const launched = await call('ec2 RunInstances', 't3.micro, tiny', ec2.send(run), tellState);
  const InstanceIds = [launched.Instances?.[0]?.InstanceId ?? ''];
  const patience = { client: ec2, maxWaitTime: 300, minDelay: 1, maxDelay: 2 };
  const running = waitUntilInstanceRunning(patience, { InstanceIds });
  await call('ec2 wait instance-running', InstanceIds[0]!, running, ({ state }) => state);
  const described = ec2.send(new DescribeInstancesCommand({ InstanceIds }));
  const answer = await call('ec2 DescribeInstances', InstanceIds[0]!, described, (o) => {
    const instance = o.Reservations?.[0]?.Instances?.[0];
    return `${instance?.State?.Name} at ${instance?.PublicIpAddress}`;
  });

  const address = `${answer.Reservations?.[0]?.Instances?.[0]?.PublicIpAddress}`;
  if (canBoot) await logIn(address, keyFile, 'uname -a; cat /etc/motd.demo');
  else line('ssh', '', 'SKIPPED: instances do not boot here, see above');
  const output = ec2.send(
    new GetConsoleOutputCommand({ InstanceId: InstanceIds[0], Latest: true }),
  );
  const { Output = '' } = await call(
    'ec2 GetConsoleOutput',
    InstanceIds[0]!,
    output,
    () => 'first and last lines',
  );
  const text = Buffer.from(Output, 'base64').toString().trimEnd().split('\n');
  quote([...text.slice(0, 2), '…', ...text.slice(-4)].join('\n'));

  const terminated = ec2.send(new TerminateInstancesCommand({ InstanceIds }));
  await call('ec2 TerminateInstances', InstanceIds[0]!, terminated, (o) => {
    const [change] = o.TerminatingInstances ?? [];
    return `${change?.PreviousState?.Name} to ${change?.CurrentState?.Name}`;
  });
  const gone = waitUntilInstanceTerminated(patience, { InstanceIds });
  await call('ec2 wait instance-terminated', InstanceIds[0]!, gone, ({ state }) => state);
}

function tellState({ Instances = [] }: { Instances?: Instance[] }): string {
  return `${Instances[0]?.InstanceId} ${Instances[0]?.State?.Name}`;
}
