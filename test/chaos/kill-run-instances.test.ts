import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  DescribeInstancesCommand,
  EC2Client,
  type Instance,
  RunInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ServerProcess, startServer } from '../../tools/server-process.ts';
import { has } from '../clients/program.ts';
import { until } from './until.ts';
import { built } from '../built.ts';

const ROUNDS = 10;

describe.skipIf(!has('qemu-system-x86_64', '--version'))(
  'a server that is killed while it launches machines in QEMU',
  { timeout: 240_000 },
  () => {
    let directory: string;
    let server: ServerProcess;
    let ec2: EC2Client;

    beforeAll(async () => {
      directory = mkdtempSync(join(tmpdir(), 'chaos-'));
      await start();
    }, 60_000);

    afterAll(async () => {
      const InstanceIds = (await instances()).map(({ InstanceId }) => InstanceId!);
      if (InstanceIds.length > 0) await ec2.send(new TerminateInstancesCommand({ InstanceIds }));
      await until(async () => machines().length === 0);
      await server.stop();
      rmSync(directory, { recursive: true });
    }, 60_000);

    async function start(): Promise<void> {
      const options = ['--port', '0', '--data-dir', directory, '--compute', 'qemu'];
      server = await startServer(built, [...options, '--log-level', 'error']);
      ec2 = new EC2Client({
        endpoint: server.endpoint,
        region: 'us-east-1',
        credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
        maxAttempts: 1,
      });
    }

    async function instances(token?: string): Promise<Instance[]> {
      const Filters = token ? [{ Name: 'client-token', Values: [token] }] : [];
      const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({ Filters }));
      return Reservations.flatMap((reservation) => reservation.Instances ?? []);
    }

    /** The machines' processes, as the host sees them: which instance each one is of. */
    function machines(): string[] {
      return readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name))
        .map(commandLine)
        .filter((line) => line.startsWith('qemu-system') || /^\S*\/qemu-system/.test(line))
        .filter((line) => line.includes(directory))
        .map((line) => /i-[0-9a-f]{17}/.exec(line)?.[0] ?? line);
    }

    test('has each order once, or cleanly gone, and no machine that no record owns', async () => {
      for (let round = 0; round < ROUNDS; round++) {
        const ClientToken = `round-${round}`;
        const launch = new RunInstancesCommand({
          ImageId: 'resolve:ssm:/aws/service/alacarte/tiny',
          InstanceType: 't3.nano',
          MinCount: 1,
          MaxCount: 1,
          ClientToken,
        });
        const answer = ec2.send(launch).catch(() => undefined);
        await sleep(Math.random() * 400);
        await server.stop('SIGKILL');
        const acknowledged = (await answer)?.Instances?.[0]?.InstanceId;
        await start();

        await until(async () =>
          (await instances(ClientToken)).every(({ State }) => State?.Name !== 'pending'),
        );
        const found = await instances(ClientToken);
        const ids = found.map(({ InstanceId }) => InstanceId);
        expect(found.length).toBeLessThanOrEqual(1);
        expect(ids).toEqual(acknowledged ? [acknowledged] : ids);
        for (const { State } of found) expect(['running', 'terminated']).toContain(State?.Name);

        const running = (await instances()).filter(({ State }) => State?.Name === 'running');
        const wanted = running.map(({ InstanceId }) => String(InstanceId)).toSorted();
        await until(async () => machines().toSorted().join() === wanted.join());
        // One machine at a time is enough to carry over; more would only eat memory.
        const InstanceIds = wanted.slice(1);
        if (InstanceIds.length > 0) await ec2.send(new TerminateInstancesCommand({ InstanceIds }));
        await until(async () => machines().length <= 1);
      }
    });
  },
);

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return ''; // it has just ended
  }
}
