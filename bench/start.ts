import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';

/** Measures what a test waits for: a cloud's start in a fresh process, another one's, and a reset. */
const library = new URL('../dist/index.js', import.meta.url).href;
const ROUNDS = 20;

interface Cost {
  readonly wallMs: number;
  readonly cpuMs: number;
}

const { startCloud } = (await import(library)) as {
  startCloud: () => Promise<{
    readonly clientConfig: object;
    reset(): Promise<void>;
    close(): Promise<void>;
  }>;
};
const rows = [
  ['import and start, in a fresh process', await median(inFreshProcess)],
  ['start of another cloud in the same process', await median(another)],
  ['reset of a cloud with a table of 10 items', await median(resetOfTable)],
] as const;
const lines = rows.map(
  ([name, cost]) => `| ${name} | ${text(cost.cpuMs)} | ${text(cost.wallMs)} |`,
);
const report = `# Start and reset

Written by \`npm run bench:start\` on ${new Date().toISOString().slice(0, 10)}: Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}; the library as built, ephemeral, \`mock\` compute, medians of ${ROUNDS}.

|  | CPU, ms | wall, ms |
| --- | --- | --- |
${lines.join('\n')}
`;
console.log(report);
writeFileSync(join(import.meta.dirname, 'START.md'), report);

async function inFreshProcess(): Promise<Cost> {
  const script = `const cpu = process.cpuUsage(), wall = performance.now();
    const { startCloud } = await import('${library}');
    const cloud = await startCloud();
    const { user, system } = process.cpuUsage(cpu);
    console.log(JSON.stringify({ cpuMs: (user + system) / 1000, wallMs: performance.now() - wall }));
    await cloud.close();`;
  const args = ['--input-type=module', '--eval', script];
  const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return JSON.parse(stdout) as Cost;
}

async function another(): Promise<Cost> {
  let cloud: Awaited<ReturnType<typeof startCloud>> | undefined;
  const cost = await costOf(async () => {
    cloud = await startCloud();
  });
  await cloud?.close();
  return cost;
}

async function resetOfTable(): Promise<Cost> {
  const cloud = await startCloud();
  const client = new DynamoDBClient(cloud.clientConfig);
  await client.send(
    new CreateTableCommand({
      TableName: 'menu',
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    }),
  );
  for (let at = 0; at < 10; at++) {
    const Item = { id: { S: String(at) } };
    // The table is still being created at the first of them.
    await client.send(new PutItemCommand({ TableName: 'menu', Item })).catch(() => at--);
  }
  const cost = await costOf(() => cloud.reset());
  client.destroy();
  await cloud.close();
  return cost;
}

async function costOf(task: () => Promise<void>): Promise<Cost> {
  const cpu = process.cpuUsage();
  const wall = performance.now();
  await task();
  const wallMs = performance.now() - wall;
  const { user, system } = process.cpuUsage(cpu);
  return { cpuMs: (user + system) / 1000, wallMs };
}

async function median(measure: () => Promise<Cost>): Promise<Cost> {
  const costs: Cost[] = [];
  for (let round = 0; round < ROUNDS; round++) costs.push(await measure());
  const middle = (values: number[]): number =>
    values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
  return {
    cpuMs: middle(costs.map(({ cpuMs }) => cpuMs)),
    wallMs: middle(costs.map(({ wallMs }) => wallMs)),
  };
}

function text(ms: number): string {
  return ms.toFixed(ms < 10 ? 1 : 0);
}
