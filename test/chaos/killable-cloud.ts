import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DescribeInstancesCommand,
  EC2Client,
  type Filter,
  type Instance,
} from '@aws-sdk/client-ec2';
import { type ServerProcess, startServer } from '../../tools/server-process.ts';
import { run } from '../../src/compute/run.ts';
import { built } from '../built.ts';
import { until } from './until.ts';

/** A server in a process of its own that is killed and started again, and its EC2. */
export class KillableCloud {
  readonly directory = mkdtempSync(join(tmpdir(), 'chaos-'));
  readonly #compute: string;
  #server: ServerProcess | undefined;
  #ec2: EC2Client | undefined;

  private constructor(compute: string) {
    this.#compute = compute;
  }

  static async start(compute: 'qemu' | 'namespaces'): Promise<KillableCloud> {
    const cloud = new KillableCloud(compute);
    await cloud.start();
    return cloud;
  }

  /** Of the server that runs; requests are not repeated. */
  get ec2(): EC2Client {
    if (!this.#ec2) throw new Error('the server was not started');
    return this.#ec2;
  }

  async start(): Promise<void> {
    const options = ['--port', '0', '--data-dir', this.directory, '--compute', this.#compute];
    this.#server = await startServer(built, [...options, '--log-level', 'error']);
    this.#ec2 = new EC2Client({
      endpoint: this.#server.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
    });
  }

  async kill(): Promise<void> {
    await this.#server?.stop('SIGKILL');
  }

  async instances(Filters: Filter[] = []): Promise<Instance[]> {
    const { Reservations = [] } = await this.ec2.send(new DescribeInstancesCommand({ Filters }));
    return Reservations.flatMap((reservation) => reservation.Instances ?? []);
  }

  /** The network namespaces that are routers of its VPCs; none where VPCs are only recorded. */
  async routers(): Promise<string[]> {
    const shown = JSON.parse(
      (await run('ip', ['-j', 'netns', 'list']).catch(() => '')) || '[]',
    ) as {
      name: string;
    }[];
    const vpcs = new Set((await this.instances()).map(({ VpcId }) => VpcId));
    return shown
      .map(({ name }) => name)
      .filter((name) => vpcs.has(name.slice(name.indexOf('vpc-'))));
  }

  /** Ends the server and removes what it kept, once its machines and their routers are gone. */
  async end(): Promise<void> {
    await until(async () => (await this.routers()).length === 0);
    await this.#server?.stop();
    rmSync(this.directory, { recursive: true });
  }
}
