import { rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  DescribeInstancesCommand,
  type EC2Client,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { startPodman, whyNoPodman } from '../src/compute/docker/podman-under-test.ts';
import { whyNotUsable as whyNoNamespaces } from '../src/compute/namespaces/requirements.ts';
import { findProcesses } from '../src/compute/qemu/processes.ts';
import { whyNotUsable as whyNoQemu } from '../src/compute/qemu/requirements.ts';
import type { ServerProcess } from '../tools/server-process.ts';
import { cpuWithChildren, figuresOf, pidsInCgroup } from './process-figures.ts';
import { run, withServer } from './server-with-instances.ts';

/** What one launch took, as the CLI does it. */
export interface Start {
  readonly what: string;
  readonly runningS: number;
  readonly bannerS: number;
  /** Of the machine's processes. */
  readonly machineCpuS: number;
  /** Of the server, of the programs that it ran, and of a container engine. */
  readonly hostCpuS: number;
  readonly residentMB: number;
}

/** The starts of one driver, or why it does not work here. */
export type Starts = { readonly starts: readonly Start[] } | { readonly obstacle: string };

interface Host {
  readonly ec2: EC2Client;
  readonly server: ServerProcess;
  /** A process that works for the server without being its child. */
  readonly engine?: number;
  machinePids(id: string): Promise<readonly number[]>;
}

const MEASURED = 3;

/** @param images where an image of the tiny system is */
export async function startsOnQemu(folder: string, images: string): Promise<Starts> {
  const obstacle = await whyNoQemu(images);
  if (obstacle !== undefined) return { obstacle };
  const starts = await withServer('qemu', folder, async (ec2, dataDir, server) => {
    const machines = join(dataDir, 'machines');
    const machinePids = async (id: string) => [(await findProcesses(machines)).get(id)!];
    const host = { ec2, server, machinePids };
    await launch(host, 'not counted: finds out what the host can do');
    rmSync(join(images, 'memory'), { recursive: true });
    const cold = await launch(host, 'qemu, booted, and kept for those after it');
    return [cold, await median(host, 'qemu, from memory')];
  });
  return { starts };
}

export async function startsInNamespaces(folder: string, images: string): Promise<Starts> {
  const obstacle = await whyNoNamespaces(images);
  if (obstacle !== undefined) return { obstacle };
  const starts = await withServer('namespaces', folder, async (ec2, _dataDir, server) => {
    const machinePids = (id: string) => Promise.resolve(pidsInCgroup(id));
    return [await median({ ec2, server, machinePids }, 'namespaces, with the router of its VPC')];
  });
  return { starts };
}

export async function startsInContainers(folder: string): Promise<Starts> {
  const obstacle = await whyNoPodman();
  if (obstacle !== undefined) return { obstacle };
  const podman = await startPodman();
  try {
    const { environment } = podman;
    const starts = await withServer(
      'docker',
      folder,
      async (ec2, _dataDir, server) => {
        const machinePids = async (id: string) =>
          (await podman.owned(id)).flatMap((container) => pidsInCgroup(container));
        const host = { ec2, server, engine: podman.pid, machinePids };
        await launch(host, 'not counted: gives the engine the image');
        return [await median(host, 'docker, on podman')];
      },
      environment,
    );
    return { starts };
  } finally {
    await podman.stop();
  }
}

async function median(host: Host, what: string): Promise<Start> {
  const starts: Start[] = [];
  for (let nth = 0; nth < MEASURED; nth++) starts.push(await launch(host, what));
  starts.sort((one, other) => cpuOf(one) - cpuOf(other));
  return starts[Math.floor(MEASURED / 2)]!;
}

function cpuOf({ machineCpuS, hostCpuS }: Start): number {
  return machineCpuS + hostCpuS;
}

async function launch(host: Host, what: string): Promise<Start> {
  const { ec2, server, engine } = host;
  const helpers = [server.pid, ...(engine === undefined ? [] : [engine])];
  const [startMs, startCpu] = [performance.now(), cpuWithChildren(helpers)];
  const seconds = () => (performance.now() - startMs) / 1000;
  const { Instances = [] } = await ec2.send(run(1));
  const id = Instances[0]!.InstanceId!;
  const runningS = await until(ec2, id, 'running').then(seconds);
  const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }));
  const address = Reservations![0]!.Instances![0]!.PublicIpAddress!;
  while (!(await greets(address))) await sleep(20);
  const bannerS = seconds();
  const pids = await host.machinePids(id);
  const machineCpuS = cpuWithChildren(pids);
  // Machines may be children of the server, and their programs of them.
  const all = cpuWithChildren([...new Set([...helpers, ...pids])]);
  const residentMB = pids.reduce((sum, pid) => sum + (figuresOf(pid)?.residentMB ?? 0), 0);
  await ec2.send(new TerminateInstancesCommand({ InstanceIds: [id] }));
  await until(ec2, id, 'terminated');
  const hostCpuS = all - machineCpuS - startCpu;
  console.error(
    `${what}: SSH after ${bannerS.toFixed(1)} s, ${(all - startCpu).toFixed(1)} s of CPU`,
  );
  return { what, runningS, bannerS, machineCpuS, hostCpuS, residentMB };
}

async function until(ec2: EC2Client, id: string, state: string): Promise<void> {
  for (;;) {
    const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [id] }));
    if (Reservations?.[0]?.Instances?.[0]?.State?.Name === state) return;
    await sleep(10);
  }
}

/** Whether an SSH server says who it is; one that boots leaves the connection waiting. */
function greets(host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(22, host);
    const give = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(300, () => give(false));
    socket.once('error', () => give(false)).once('close', () => give(false));
    socket.once('data', (data) => give(data.toString().startsWith('SSH-')));
  });
}
