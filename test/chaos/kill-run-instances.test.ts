import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { RunInstancesCommand, TerminateInstancesCommand } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { has } from '../clients/program.ts';
import { KillableCloud } from './killable-cloud.ts';
import { until } from './until.ts';

const ROUNDS = 10;

describe.skipIf(!has('qemu-system-x86_64', '--version'))(
  'a server that is killed while it launches machines in QEMU',
  { timeout: 240_000 },
  () => {
    let cloud: KillableCloud;

    beforeAll(async () => {
      cloud = await KillableCloud.start('qemu');
    }, 60_000);

    afterAll(async () => {
      const InstanceIds = (await cloud.instances()).map(({ InstanceId }) => InstanceId!);
      if (InstanceIds.length > 0)
        await cloud.ec2.send(new TerminateInstancesCommand({ InstanceIds }));
      await until(async () => machines().length === 0);
      await cloud.end();
    }, 60_000);

    const launchedBy = (token: string) =>
      cloud.instances([{ Name: 'client-token', Values: [token] }]);

    /** The machines' processes, as the host sees them: which instance each one is of. */
    function machines(): string[] {
      return readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name))
        .map(commandLine)
        .filter((line) => line.startsWith('qemu-system') || /^\S*\/qemu-system/.test(line))
        .filter((line) => line.includes(cloud.directory))
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
        const answer = cloud.ec2.send(launch).catch(() => undefined);
        await sleep(Math.random() * 400);
        await cloud.kill();
        const acknowledged = (await answer)?.Instances?.[0]?.InstanceId;
        await cloud.start();

        await until(async () =>
          (await launchedBy(ClientToken)).every(({ State }) => State?.Name !== 'pending'),
        );
        const found = await launchedBy(ClientToken);
        const ids = found.map(({ InstanceId }) => InstanceId);
        expect(found.length).toBeLessThanOrEqual(1);
        expect(ids).toEqual(acknowledged ? [acknowledged] : ids);
        for (const { State } of found) expect(['running', 'terminated']).toContain(State?.Name);

        const running = (await cloud.instances()).filter(({ State }) => State?.Name === 'running');
        const wanted = running.map(({ InstanceId }) => String(InstanceId)).toSorted();
        await until(async () => machines().toSorted().join() === wanted.join());
        // One machine at a time is enough to carry over; more would only eat memory.
        const InstanceIds = wanted.slice(1);
        if (InstanceIds.length > 0)
          await cloud.ec2.send(new TerminateInstancesCommand({ InstanceIds }));
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
