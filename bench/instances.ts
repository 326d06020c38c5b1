import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateKeyPairCommand,
  DescribeInstancesCommand,
  EC2Client,
  RunInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2';
import { findProcesses } from '../src/compute/qemu/processes.ts';
import { buildImage, imageDirectory } from '../src/compute/images/build-image.ts';
import { tiny } from '../src/compute/images/tiny/recipe.ts';
import { whyNotUsable } from '../src/compute/qemu/requirements.ts';
import { type ServerProcess, startServer } from '../tools/server-process.ts';
import { figuresOf } from './process-figures.ts';

/**
 * Measures what a launch takes, driver by driver: from RunInstances to `running` and to the first
 * line of the SSH server, and what `mock` can bear. CPU counts; wall time moves with the machine.
 */
const AFTER_THE_FIRST = 3;
const MANY = 5_000;
const LAUNCHED_AT_ONCE = 1_000;

interface Start {
  readonly what: string;
  readonly runningS: number;
  readonly bannerS: number;
  readonly cpuS: number;
  readonly residentMB: number;
}

const folder = mkdtempSync(join(tmpdir(), 'alacarte-bench-'));
try {
  const obstacle = await whyNotUsable(imageDirectory());
  const starts = obstacle === undefined ? await measureQemu() : [];
  const text = report(starts, obstacle, await measureMock());
  console.log(text);
  writeFileSync(join(import.meta.dirname, 'INSTANCES.md'), text);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measureQemu(): Promise<Start[]> {
  // images of its own, so that nothing is kept yet of a guest that has booted
  const images = join(folder, 'images');
  process.env['ALACARTE_IMAGES'] = images;
  await buildImage(tiny, { directory: images, progress: console.error });
  return await withServer('qemu', async (ec2, dataDir) => {
    await launch(ec2, dataDir, 'not counted: finds out what the host can do');
    rmSync(join(images, 'memory'), { recursive: true });
    const cold = await launch(ec2, dataDir, 'qemu, booted, and kept for those after it');
    const others: Start[] = [];
    for (let nth = 0; nth < AFTER_THE_FIRST; nth++) {
      others.push(await launch(ec2, dataDir, 'qemu, from memory'));
    }
    others.sort((one, other) => one.cpuS - other.cpuS);
    return [cold, others[Math.floor(AFTER_THE_FIRST / 2)]!];
  });
}

/** One launch as the CLI does it, and what of the host it took. */
async function launch(ec2: EC2Client, dataDir: string, what: string): Promise<Start> {
  const startMs = performance.now();
  const seconds = () => (performance.now() - startMs) / 1000;
  const { Instances = [] } = await ec2.send(run(1));
  const InstanceIds = [Instances[0]!.InstanceId!];
  const runningS = await until(ec2, InstanceIds, 'running').then(seconds);
  const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds }));
  const address = Reservations![0]!.Instances![0]!.PublicIpAddress!;
  while (!(await greets(address))) await sleep(20);
  const bannerS = seconds();
  const pid = (await findProcesses(join(dataDir, 'machines'))).get(InstanceIds[0]!)!;
  const { cpuSeconds, residentMB } = figuresOf(pid)!;
  await ec2.send(new TerminateInstancesCommand({ InstanceIds }));
  await until(ec2, InstanceIds, 'terminated');
  console.error(`${what}: SSH after ${bannerS.toFixed(1)} s, ${cpuSeconds.toFixed(1)} s of CPU`);
  return { what, runningS, bannerS, cpuS: cpuSeconds, residentMB };
}

async function until(ec2: EC2Client, InstanceIds: string[], state: string): Promise<void> {
  for (;;) {
    const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds }));
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

interface MockFigures {
  readonly launchesPerS: number;
  readonly launchCpuMs: number;
  readonly describeCpuMs: number;
}

async function measureMock(): Promise<MockFigures> {
  return await withServer('mock', async (ec2, _dataDir, server) => {
    const cpu = () => figuresOf(server.pid)!.cpuSeconds;
    await ec2.send(run(LAUNCHED_AT_ONCE, 'us-east-1a'));
    const [startMs, startCpu] = [performance.now(), cpu()];
    const rest = MANY - LAUNCHED_AT_ONCE;
    // a subnet of the default VPC has 4,091 addresses
    for (const zone of ['a', 'a', 'b', 'b']) {
      await ec2.send(run(LAUNCHED_AT_ONCE, `us-east-1${zone}`));
    }
    const launchesPerS = rest / ((performance.now() - startMs) / 1000);
    const launchCpuMs = ((cpu() - startCpu) * 1000) / rest;
    await sleep(5_000);
    const rounds = 5;
    const before = cpu();
    for (let round = 0; round < rounds; round++) await describeAll(ec2);
    return { launchesPerS, launchCpuMs, describeCpuMs: ((cpu() - before) * 1000) / rounds };
  });
}

async function describeAll(ec2: EC2Client): Promise<void> {
  let seen = 0;
  let NextToken: string | undefined;
  do {
    const page = await ec2.send(new DescribeInstancesCommand({ MaxResults: 1000, NextToken }));
    for (const { Instances = [] } of page.Reservations ?? []) seen += Instances.length;
    ({ NextToken } = page);
  } while (NextToken);
  if (seen !== MANY) throw new Error(`${seen} of ${MANY} instances were described`);
}

function run(count: number, AvailabilityZone?: string): RunInstancesCommand {
  return new RunInstancesCommand({
    ImageId: 'resolve:ssm:/aws/service/alacarte/tiny',
    InstanceType: 't3.micro',
    MinCount: count,
    MaxCount: count,
    KeyName: 'bench',
    ...(AvailabilityZone && { Placement: { AvailabilityZone } }),
  });
}

async function withServer<Result>(
  driver: string,
  use: (ec2: EC2Client, dataDir: string, server: ServerProcess) => Promise<Result>,
): Promise<Result> {
  const dataDir = join(folder, driver);
  const options = ['--port', '0', '--data-dir', dataDir, '--compute', driver];
  const server = await startServer(['dist/cli/main.js'], [...options, '--log-level', 'error']);
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const ec2 = new EC2Client({ endpoint: server.endpoint, region: 'us-east-1', credentials });
  try {
    await ec2.send(new CreateKeyPairCommand({ KeyName: 'bench', KeyType: 'ed25519' }));
    return await use(ec2, dataDir, server);
  } finally {
    ec2.destroy();
    await server.stop();
  }
}

function report(starts: readonly Start[], obstacle: string | undefined, mock: MockFigures): string {
  const rows = starts.map(({ what, runningS, bannerS, cpuS, residentMB }) => {
    const cells = [what, runningS.toFixed(2), bannerS.toFixed(2), cpuS.toFixed(2)];
    return `| ${[...cells, residentMB.toFixed(0)].join(' | ')} |`;
  });
  const today = new Date().toISOString().slice(0, 10);
  return `# Starts of instances, by driver

Written by \`npm run bench:instances\` on ${today}: Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}; a t3.micro of the tiny image, launched through the API. CPU is the machine's own.

${obstacle === undefined ? '' : `\`qemu\` was left out: ${obstacle}\n\n`}| | running after, s | SSH after, s | CPU to SSH, s | resident, MB |
| --- | --- | --- | --- | --- |
${rows.join('\n')}

With \`mock\`: ${mock.launchesPerS.toFixed(0)} launches a second (${LAUNCHED_AT_ONCE} a call, ${mock.launchCpuMs.toFixed(2)} ms of CPU each), and DescribeInstances over ${MANY} instances, page by page, takes ${mock.describeCpuMs.toFixed(0)} ms of CPU.
`;
}
