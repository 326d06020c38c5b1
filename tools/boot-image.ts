import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateKeyPairCommand,
  DescribeInstancesCommand,
  EC2Client,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import { startCloud } from '../src/index.ts';
import { GuestShell } from '../test/guest-shell.ts';

// `npm run boot-image <name of a public parameter> <login>`: launches an instance of
// an image through the API, with user data, and says what is found in it. Slow where processors are
// emulated, and the image is built first: not for CI.
const [, , parameter = '', login = ''] = process.argv;
const userData = `Content-Type: multipart/mixed; boundary="next"
MIME-Version: 1.0

--next
Content-Type: text/cloud-config

#cloud-config
write_files:
  - { path: /etc/motto, content: "made by write_files\\n" }
runcmd:
  - [ sh, -c, "echo made by runcmd >>/etc/motto" ]
--next
Content-Type: text/x-shellscript

#!/bin/sh
echo "made by a script as $(id -un) of $(cloud-init query ds.meta_data.instance-id)" >>/etc/motto
--next--
`;
const QUESTIONS = [
  'cat /etc/motto; hostname; uname -sr; . /etc/os-release; echo "$PRETTY_NAME"',
  'cloud-init status --long; cloud-id; cat /run/cloud-init/result.json',
  'grep "DI_\\|Found single" /run/cloud-init/ds-identify.log | head -20',
  'lsblk -o NAME,SIZE,FSTYPE,PARTLABEL,MOUNTPOINTS; df -h /',
  'systemd-analyze; systemd-analyze blame | head -16; systemctl --failed; free -m; sudo id -un',
];

const cloud = await startCloud({ compute: 'qemu' });
const ec2 = new EC2Client({
  endpoint: cloud.endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});
const beganMs = performance.now();
const say = (line: string): void =>
  console.log(`${((performance.now() - beganMs) / 1000).toFixed(0).padStart(4)} s  ${line}`);
try {
  const { KeyMaterial } = await ec2.send(new CreateKeyPairCommand({ KeyName: 'boot' }));
  using shell = new GuestShell(KeyMaterial!, login);
  const { Instances } = await ec2.send(
    new RunInstancesCommand({
      ImageId: `resolve:ssm:${parameter}`,
      InstanceType: 't3.small',
      KeyName: 'boot',
      MinCount: 1,
      MaxCount: 1,
      UserData: Buffer.from(userData).toString('base64'),
    }),
  );
  const InstanceId = Instances![0]!.InstanceId!;
  say(`${InstanceId} of ${Instances![0]!.ImageId} is ordered`);
  const address = await untilRunning(InstanceId);
  say(`running, public address ${address}`);
  await untilDone(shell, address);
  say('cloud-init is done');
  for (const question of QUESTIONS)
    console.log(`$ ${question}\n${await shell.run(address, question)}`);
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await cloud.close();
}

async function untilRunning(instanceId: string): Promise<string> {
  for (;;) {
    const { Reservations } = await ec2.send(
      new DescribeInstancesCommand({ InstanceIds: [instanceId] }),
    );
    const { State, StateReason, PublicIpAddress } = Reservations![0]!.Instances![0]!;
    if (State?.Name === 'running') return PublicIpAddress!;
    if (State?.Name !== 'pending') throw new Error(`${State?.Name}: ${StateReason?.Message}`);
    await sleep(1_000);
  }
}

async function untilDone(shell: GuestShell, address: string): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      await shell.run(address, 'true');
      break;
    } catch (error) {
      if (tries === 240) throw error;
      await sleep(5_000);
    }
  }
  say('SSH lets in');
  // What went wrong is asked for later.
  await shell.run(address, 'cloud-init status --wait >/dev/null || :');
}
