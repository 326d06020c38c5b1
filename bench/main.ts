import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from './connection.ts';
import { contenders } from './contenders.ts';
import { grow, type GrowthSample } from './growth.ts';
import { load } from './load.ts';
import { figuresOf } from './process-figures.ts';
import { report, type Results, type Sample } from './report.ts';
import type { Prepared } from './sign.ts';
import { leaveServersCore, type Server, startServer } from './server.ts';
import { fill } from './tables.ts';
import { type Workload, workloads } from './workloads.ts';

/**
 * Measures what is built against the peers, in one run: all servers are up, the rounds take turns,
 * the medians are compared. Absolute figures move with the machine, ratios hardly.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '2' },
    /** Only servers whose names hold one of these, separated by commas. */
    only: { type: 'string' },
    /** Only operations whose names hold one of these. */
    workloads: { type: 'string' },
    /** Whether to measure with 300,000 items as well, which takes minutes. */
    growth: { type: 'boolean', default: true },
    /** The root of another build of ours to measure beside this one. */
    baseline: { type: 'string' },
  },
  allowNegative: true,
});
const rounds = Number(values.rounds);
const seconds = Number(values.seconds);
const pinned = leaveServersCore();

const servers: Server[] = [];
try {
  const idle = new Map<string, ReturnType<typeof figuresOf>>();
  for (const contender of contenders(values.baseline)) {
    if (!isWanted(contender.name, values.only)) continue;
    const server = await startServer(contender);
    servers.push(server);
    await sleep(1_000);
    idle.set(server.name, figuresOf(server.pid));
    console.error(`${server.name} answers after ${server.start.seconds.toFixed(2)} s`);
  }
  for (const server of servers) await fill(server.port);
  const measured: Results['measured'] = new Map();
  for (let round = 1; round <= rounds; round++) {
    for (const workload of workloads) {
      if (!isWanted(workload.name, values.workloads)) continue;
      for (const server of servers) {
        const result = await measure(server, workload);
        if (!result) continue;
        const rate = result.rate.toFixed(result.rate < 100 ? 1 : 0);
        console.error(`round ${round}: ${workload.name}: ${server.name}: ${rate}/s`);
        const byServer = measured.get(workload.name) ?? new Map<string, Sample[]>();
        measured.set(workload.name, byServer);
        byServer.set(server.name, [...(byServer.get(server.name) ?? []), result]);
      }
    }
  }
  const growth = new Map<string, readonly GrowthSample[]>();
  for (const server of servers) {
    if (!values.growth || !isCompared(server.name)) continue;
    console.error(`${server.name} is given 300,000 items`);
    growth.set(server.name, await grow(server, seconds));
  }
  const text = report({ servers, idle, measured, growth, rounds, seconds, pinned });
  console.log(text);
  const { only, workloads: some, baseline } = values;
  const isWhole = only === undefined && some === undefined && baseline === undefined;
  if (isWhole) writeFileSync(join(import.meta.dirname, 'RESULTS.md'), text);
} finally {
  await Promise.all(servers.map((server) => server.stop()));
}

function isWanted(name: string, parts: string | undefined): boolean {
  return parts === undefined || parts.split(',').some((part) => name.includes(part));
}

/** A peer on disk takes a quarter of an hour for as many items. */
function isCompared(name: string): boolean {
  return !name.includes('on disk') && !name.includes('dynalite');
}

/** Undefined where the server does not know the operation. */
async function measure(server: Server, workload: Workload): Promise<Sample | undefined> {
  const { connections } = workload;
  const requests = workload.requests(server.port);
  if (!(await isKnown(server, requests[0]!))) {
    console.error(`${workload.name}: ${server.name}: unsupported`);
    return undefined;
  }
  await load(server.port, requests, { connections, seconds: 0.5 });
  const before = figuresOf(server.pid)?.cpuSeconds ?? NaN;
  const result = await load(server.port, requests, { connections, seconds });
  const used = (figuresOf(server.pid)?.cpuSeconds ?? NaN) - before;
  return { ...result, cpuMicros: (used * 1e6) / (result.rate * seconds) };
}

async function isKnown({ port }: Server, request: Prepared): Promise<boolean> {
  const connection = await Connection.open(port);
  const { status, body } = await connection.send(request).finally(() => connection.close());
  if (status === 200) return true;
  if (/UnknownOperation|NotImplemented/.test(body.toString())) return false;
  throw new Error(`answer ${status}: ${body.toString('utf8', 0, 500)}`);
}
