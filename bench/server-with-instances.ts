import { join } from 'node:path';
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateKeyPairCommand,
  EC2Client,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import { type ServerProcess, startServer } from '../tools/server-process.ts';

/**
 * A server of its own on one driver, with the key pair that `run` names and port 22 open.
 *
 * @param environment what the server has beside this process's own
 */
export async function withServer<Result>(
  driver: string,
  folder: string,
  use: (ec2: EC2Client, dataDir: string, server: ServerProcess) => Promise<Result>,
  environment: NodeJS.ProcessEnv = {},
): Promise<Result> {
  const dataDir = join(folder, driver);
  const options = ['--port', '0', '--data-dir', dataDir, '--compute', driver];
  const program = ['dist/cli/main.js'];
  const server = await startServer(program, [...options, '--log-level', 'error'], environment);
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const ec2 = new EC2Client({ endpoint: server.endpoint, region: 'us-east-1', credentials });
  try {
    await ec2.send(new CreateKeyPairCommand({ KeyName: 'bench', KeyType: 'ed25519' }));
    const ssh = { IpProtocol: 'tcp', FromPort: 22, ToPort: 22, CidrIp: '0.0.0.0/0' };
    await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupName: 'default', ...ssh }));
    return await use(ec2, dataDir, server);
  } finally {
    ec2.destroy();
    await server.stop();
  }
}

export function run(count: number, AvailabilityZone?: string): RunInstancesCommand {
  return new RunInstancesCommand({
    ImageId: 'resolve:ssm:/aws/service/alacarte/tiny',
    InstanceType: 't3.micro',
    MinCount: count,
    MaxCount: count,
    KeyName: 'bench',
    ...(AvailabilityZone && { Placement: { AvailabilityZone } }),
  });
}
