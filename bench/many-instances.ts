import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeInstancesCommand, type EC2Client } from '@aws-sdk/client-ec2';
import { figuresOf } from './process-figures.ts';
import { run, withServer } from './server-with-instances.ts';

export const MANY = 5_000;
export const LAUNCHED_AT_ONCE = 1_000;

/** What the `mock` driver's server can bear. */
export interface ManyFigures {
  /** From the first request to the last instance's `running`. */
  readonly launchesPerS: number;
  readonly launchCpuMs: number;
  /** All at once; by pages of 1,000; and all at once for the first time since they changed. */
  readonly describeCpuMs: { readonly all: number; readonly pages: number; readonly first: number };
}

export async function manyInstances(folder: string): Promise<ManyFigures> {
  return await withServer('mock', folder, async (ec2, _dataDir, server) => {
    const cpu = () => figuresOf(server.pid)!.cpuSeconds;
    await ec2.send(run(LAUNCHED_AT_ONCE, 'us-east-1a'));
    await untilRunning(ec2);
    const [startMs, startCpu] = [performance.now(), cpu()];
    const rest = MANY - LAUNCHED_AT_ONCE;
    // a subnet of the default VPC has 4,091 addresses
    for (const zone of ['a', 'a', 'b', 'b']) {
      await ec2.send(run(LAUNCHED_AT_ONCE, `us-east-1${zone}`));
    }
    await untilRunning(ec2);
    const launchesPerS = rest / ((performance.now() - startMs) / 1000);
    const launchCpuMs = ((cpu() - startCpu) * 1000) / rest;
    const median = async (rounds: number, MaxResults?: number): Promise<number> => {
      const used: number[] = [];
      for (let round = 0; round < rounds; round++) {
        const before = cpu();
        await describeAll(ec2, MaxResults);
        used.push((cpu() - before) * 1000);
      }
      return used.toSorted((one, other) => one - other)[Math.floor(rounds / 2)]!;
    };
    const first = await median(1);
    const describeCpuMs = { first, all: await median(21), pages: await median(21, 1000) };
    return { launchesPerS, launchCpuMs, describeCpuMs };
  });
}

async function untilRunning(ec2: EC2Client): Promise<void> {
  const Filters = [{ Name: 'instance-state-name', Values: ['pending'] }];
  for (;;) {
    const page = await ec2.send(new DescribeInstancesCommand({ Filters, MaxResults: 5 }));
    if (page.Reservations?.length === 0) return;
    await sleep(500);
  }
}

async function describeAll(ec2: EC2Client, MaxResults: number | undefined): Promise<void> {
  let seen = 0;
  let NextToken: string | undefined;
  do {
    const page = await ec2.send(new DescribeInstancesCommand({ MaxResults, NextToken }));
    for (const { Instances = [] } of page.Reservations ?? []) seen += Instances.length;
    ({ NextToken } = page);
  } while (NextToken);
  if (seen !== MANY) throw new Error(`${seen} of ${MANY} instances were described`);
}
