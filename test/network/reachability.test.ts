import {
  CreateNetworkInsightsPathCommand,
  DescribeNetworkInsightsAnalysesCommand,
  StartNetworkInsightsAnalysisCommand,
} from '@aws-sdk/client-ec2';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { imageDirectory } from '../../src/compute/images/build-image.ts';
import { whyNotUsable } from '../../src/compute/namespaces/requirements.ts';
import { run } from '../../src/compute/run.ts';
import { processOf } from './behind.ts';
import { Internet } from './internet.ts';
import { NetworkUnderTest } from './network-under-test.ts';
import { MACHINES, misled, randomNetwork, type MachineName } from './random-network.ts';
import { VpcUnderTest } from './vpc-under-test.ts';

const obstacle = await whyNotUsable(imageDirectory());
if (obstacle !== undefined) console.warn(`SKIPPED: verdicts against packets. ${obstacle}`);

const SEED = 20_261_124;
const ROUNDS = 6;
const PATIENCE = { timeout: 30_000, interval: 200 };
/** Nothing listens on the second: to be refused takes a packet there and one back. */
const PORTS = [22, 8080];
const HOST = '127.0.0.1';
/** What Linux sends from. */
const SourcePortRange = { FromPort: 32_768, ToPort: 60_999 };
const NAMES = Object.keys(MACHINES) as MachineName[];

/** Tries to connect to each; prints which of them answered. */
const PROBE = `
  const { connect } = require('node:net');
  const tries = JSON.parse(process.argv[1]).map(([host, port]) => new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 1_500 });
    const end = (answered) => { socket.destroy(); resolve(answered); };
    socket.on('connect', () => end(true)).on('timeout', () => end(false));
    socket.on('error', ({ code }) => end(code === 'ECONNREFUSED'));
  }));
  Promise.all(tries).then((answers) => console.log(JSON.stringify(answers)));
`;

interface Connection {
  readonly from: MachineName | 'host';
  readonly to: MachineName | 'internet';
  readonly port: number;
}

const CONNECTIONS: readonly Connection[] = PORTS.flatMap((port) => [
  { from: 'host', to: 'web', port },
  ...NAMES.flatMap((from) => [
    { from, to: 'internet' as const, port },
    ...NAMES.filter((to) => to !== from).map((to) => ({ from, to, port })),
  ]),
]);

/** Of what the analyzer says of random networks, all is so. */
describe.skipIf(obstacle !== undefined)('a verdict and packets', { timeout: 120_000 }, () => {
  let net: VpcUnderTest;
  let internet: Internet;
  let network: NetworkUnderTest;
  const paths = new Map<Connection, string>();
  const processes = {} as Record<MachineName, string>;

  beforeAll(async () => {
    internet = await Internet.open();
    net = await VpcUnderTest.start();
    network = await NetworkUnderTest.build(net);
    for (const name of NAMES) processes[name] = await processOf(network.machines[name].id);
    for (const connection of CONNECTIONS) paths.set(connection, await pathOf(connection));
  }, 180_000);

  afterAll(async () => {
    await net?.[Symbol.asyncDispose]();
    await internet?.[Symbol.asyncDispose]();
  });

  async function pathOf({ from, to, port }: Connection): Promise<string> {
    const { machines, gateway } = network;
    const DestinationPortRange = { FromPort: port, ToPort: port };
    const DestinationAddress =
      from === 'host' ? machines.web.public : to === 'internet' ? internet.address : undefined;
    const { NetworkInsightsPath } = await net.ec2.send(
      new CreateNetworkInsightsPathCommand({
        Protocol: 'tcp',
        Source: from === 'host' ? gateway : machines[from].id,
        Destination: to === 'internet' ? undefined : machines[to].id,
        FilterAtSource: {
          ...{ SourcePortRange, DestinationPortRange, DestinationAddress },
          ...(from === 'host' && { SourceAddress: HOST }),
        },
      }),
    );
    return NetworkInsightsPath?.NetworkInsightsPathId ?? '';
  }

  async function verdicts(): Promise<Record<string, boolean>> {
    const ids = new Map<string, string>();
    for (const [connection, NetworkInsightsPathId] of paths) {
      const start = new StartNetworkInsightsAnalysisCommand({ NetworkInsightsPathId });
      const { NetworkInsightsAnalysis } = await net.ec2.send(start);
      ids.set(NetworkInsightsAnalysis?.NetworkInsightsAnalysisId ?? '', nameOf(connection));
    }
    const { NetworkInsightsAnalyses = [] } = await net.ec2.send(
      new DescribeNetworkInsightsAnalysesCommand({ NetworkInsightsAnalysisIds: [...ids.keys()] }),
    );
    for (const { NetworkPathFound, Explanations } of NetworkInsightsAnalyses) {
      // What is not found explains itself, and what is found has nothing to explain.
      expect((Explanations?.length ?? 0) > 0).toBe(!NetworkPathFound);
    }
    return Object.fromEntries(
      NetworkInsightsAnalyses.map(({ NetworkInsightsAnalysisId = '', NetworkPathFound }) => [
        ids.get(NetworkInsightsAnalysisId),
        NetworkPathFound,
      ]),
    ) as Record<string, boolean>;
  }

  async function packets(): Promise<Record<string, boolean>> {
    const sources = ['host', ...NAMES] as const;
    const seen = await Promise.all(
      sources.map(async (source) => {
        const own = CONNECTIONS.filter(({ from }) => from === source);
        const targets = own.map(({ to, port }) => [addressOf(source, to), port]);
        const probe = [process.execPath, '-e', PROBE, JSON.stringify(targets)];
        const space = source === 'host' ? '/proc/self/ns/net' : `/proc/${processes[source]}/ns/net`;
        const answers = JSON.parse(await run('nsenter', [`--net=${space}`, ...probe])) as boolean[];
        return own.map((each, at) => [nameOf(each), answers[at]] as const);
      }),
    );
    return Object.fromEntries(seen.flat()) as Record<string, boolean>;
  }

  function addressOf(from: Connection['from'], to: Connection['to']): string {
    if (to === 'internet') return internet.address;
    return from === 'host' ? network.machines[to].public : network.machines[to].address;
  }

  const rounds = [misled, ...fc.sample(randomNetwork, { seed: SEED, numRuns: ROUNDS })];
  let [found, lost] = [0, 0];

  test.each(rounds.map((random, at) => [at, random] as const))(
    'agree in round %i',
    async (_, random) => {
      await network.settle(random);
      const said = await verdicts();
      const passing = Object.values(said).filter(Boolean).length;
      found += passing;
      lost += CONNECTIONS.length - passing;
      await expect.poll(packets, PATIENCE).toEqual(said);
    },
  );

  test('has found and lost many', () => {
    expect(Math.min(found, lost)).toBeGreaterThan(ROUNDS);
  });
});

function nameOf({ from, to, port }: Connection): string {
  return `${from} to ${to} on ${port}`;
}
