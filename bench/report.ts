import { cpus, loadavg } from 'node:os';
import type { GrowthSample } from './growth.ts';
import type { Measured } from './load.ts';
import type { ProcessFigures } from './process-figures.ts';
import type { Server } from './server.ts';

/** One server's figures for one operation in one round. */
export type Sample = Measured & { readonly cpuMicros: number };

export interface Results {
  readonly servers: readonly Server[];
  readonly idle: ReadonlyMap<string, ProcessFigures | undefined>;
  /** Samples of each round, by workload and server. */
  readonly measured: Map<string, Map<string, Sample[]>>;
  readonly growth: ReadonlyMap<string, readonly GrowthSample[]>;
  readonly rounds: number;
  readonly seconds: number;
  readonly pinned: boolean;
}

/** The table of ratios, as Markdown; the first server is what the others are compared with. */
export function report(results: Results): string {
  const { servers, rounds, seconds, pinned } = results;
  const names = servers.map(({ name }) => name);
  const pinning = pinned ? 'servers on core 0, client on core 1' : 'processes not pinned to cores';
  return `# Bench results

Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}, ${pinning}. All servers run side by side, each operation is measured for ${seconds} s a round in turn, and the medians of ${rounds} rounds stand here. 16 keep-alive connections (one for Scan), requests signed beforehand, items of 1 KB, 2,000 items in the table. Alacarte verifies every signature and answers a write when it is on disk; neither peer verifies signatures, and only DynamoDB Local on disk and dynalite on disk keep anything at all. Absolute figures move with the machine: read the ratios. The load average at the end was ${loadavg()[0]!.toFixed(1)}; the bench alone makes about 2, and where it is much more others were at work and even ratios are rough.

What was aimed for, what of it is missed and why is in [dynamodb-speed.md](../docs/decisions/dynamodb-speed.md).

## Operations a second

${table(['', ...names], rateRows(results))}

## How many times as fast as each peer

${table(['', ...names.slice(1)], ratioRows(results, rateOf))}

## How many times as far a second of the server's CPU goes

Other work on the machine moves these less than the rates.

${table(
  ['', ...names.slice(1)],
  ratioRows(results, (sample) => 1 / sample.cpuMicros),
)}

## Server CPU, µs an operation

${table(
  ['', ...names],
  sampleRows(results, (sample) => sample.cpuMicros, 0),
)}

## 99 of 100 answers within, ms

${table(
  ['', ...names],
  sampleRows(results, (sample) => sample.p99Ms, 1),
)}

## With 10,000 and 300,000 items

In a table of its own, items of 1 KB over 3,000 partitions.

${table(
  ['', 'items', 'GetItem /s', 'CPU µs', 'PutItem /s', 'CPU µs', 'anonymous memory, MB'],
  growthRows(results),
)}

## Start and idle memory

${table(['', ...names], startRows(results))}
`;
}

function rateRows(results: Results): string[][] {
  return sampleRows(results, rateOf, 0);
}

const rateOf = ({ rate }: Sample): number => rate;

function ratioRows({ servers, measured }: Results, figure: (sample: Sample) => number): string[][] {
  const [own, ...peers] = servers;
  return Array.from(measured, ([workload, byServer]) => {
    const rate = (name: string): number => median((byServer.get(name) ?? []).map(figure));
    const ratio = (name: string): number => rate(own!.name) / rate(name);
    return [workload, ...peers.map(({ name }) => cell(ratio(name), 1, ' ×'))];
  });
}

function sampleRows(
  { servers, measured }: Results,
  figure: (sample: Sample) => number,
  digits: number,
): string[][] {
  return Array.from(measured, ([workload, byServer]) => [
    workload,
    ...servers.map(({ name }) => {
      const value = median((byServer.get(name) ?? []).map(figure));
      return cell(value, value < 100 ? Math.max(digits, 1) : digits);
    }),
  ]);
}

function startRows({ servers, idle }: Results): string[][] {
  const row = (title: string, figure: (server: Server) => number | undefined, digits: number) => [
    title,
    ...servers.map((server) => figure(server)?.toFixed(digits) ?? 'unknown'),
  ];
  return [
    row('to the first ListTables, s', ({ start }) => start.seconds, 2),
    row('CPU until then, s', ({ start }) => start.figures?.cpuSeconds, 2),
    row('resident when idle, MB', ({ name }) => idle.get(name)?.residentMB, 0),
    row('anonymous when idle, MB', ({ name }) => idle.get(name)?.anonymousMB, 0),
  ];
}

function growthRows({ growth }: Results): string[][] {
  return Array.from(growth, ([name, samples]) =>
    samples.map((sample) => [
      name,
      sample.items.toLocaleString('en'),
      cell(sample.getRate, 0),
      cell(sample.getMicros, 0),
      cell(sample.putRate, 0),
      cell(sample.putMicros, 0),
      cell(sample.anonymousMB ?? NaN, 0),
    ]),
  ).flat();
}

/** A dash where a server does not have the operation. */
function cell(value: number, digits: number, unit = ''): string {
  return Number.isNaN(value) ? '–' : `${value.toFixed(digits)}${unit}`;
}

/** NaN of none. */
function median(values: readonly number[]): number {
  if (values.length === 0) return NaN;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
