import { load, sendAll } from './load.ts';
import { figuresOf } from './process-figures.ts';
import type { Server } from './server.ts';
import { prepare, type Prepared } from './sign.ts';
import { create } from './tables.ts';

/** How a server fares with so many items in a table. */
export interface GrowthSample {
  readonly items: number;
  readonly getRate: number;
  readonly putRate: number;
  /** Server CPU, microseconds an operation. */
  readonly getMicros: number;
  readonly putMicros: number;
  readonly anonymousMB: number | undefined;
}

const TableName = 'bench-growing';
const sizes = [10_000, 300_000];
const batch = 25;
const connections = 16;
const prepared = 2_000;

/** Puts items of 1 KB under keys of their own, and measures at 10,000 and at 300,000. */
export async function grow({ port, pid }: Server, seconds: number): Promise<GrowthSample[]> {
  await create(port, TableName, []);
  const samples: GrowthSample[] = [];
  let there = 0;
  for (const items of sizes) {
    while (there < items) {
      const until = Math.min(items, there + 100 * batch);
      await sendAll(port, puts(port, there, until));
      there = until;
    }
    const key = (n: number): number => (n * 7919) % items;
    const anonymousMB = figuresOf(pid)?.anonymousMB;
    const get = await measure(pid, port, seconds, (n) =>
      prepare(port, 'GetItem', { TableName, Key: keyOf(key(n)) }),
    );
    const put = await measure(pid, port, seconds, (n) =>
      prepare(port, 'PutItem', { TableName, Item: itemOf(key(n)) }),
    );
    samples.push({
      ...{ items, anonymousMB },
      ...{ getRate: get.rate, getMicros: get.micros },
      ...{ putRate: put.rate, putMicros: put.micros },
    });
  }
  return samples;
}

async function measure(
  pid: number,
  port: number,
  seconds: number,
  request: (n: number) => Prepared,
): Promise<{ rate: number; micros: number }> {
  const requests = Array.from({ length: prepared }, (_, n) => request(n));
  await load(port, requests, { connections, seconds: 0.5 });
  const before = figuresOf(pid)?.cpuSeconds ?? NaN;
  const { rate } = await load(port, requests, { connections, seconds });
  const used = (figuresOf(pid)?.cpuSeconds ?? NaN) - before;
  return { rate, micros: (used * 1e6) / (rate * seconds) };
}

function puts(port: number, from: number, to: number): Prepared[] {
  const requests: Prepared[] = [];
  for (let start = from; start < to; start += batch) {
    const numbers = Array.from({ length: Math.min(batch, to - start) }, (_, at) => start + at);
    const RequestItems = {
      [TableName]: numbers.map((n) => ({ PutRequest: { Item: itemOf(n) } })),
    };
    requests.push(prepare(port, 'BatchWriteItem', { RequestItems }));
  }
  return requests;
}

/** Spread over partitions of a hundred items. */
function keyOf(n: number) {
  return { pk: { S: `partition ${n % 3_000}` }, sk: { S: `item ${Math.floor(n / 3_000)}` } };
}

let writes = 0;

function itemOf(n: number) {
  return { ...keyOf(n), count: { N: String(writes++) }, text: { S: 'x'.repeat(960) } };
}
