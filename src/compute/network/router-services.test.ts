import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable, Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { run } from '../run.ts';
import { METADATA, RESOLVER } from './addresses.ts';
import { whyNoTaps } from './requirements.ts';
import { RouterServices } from './router-services.ts';
import type { VpcPlan } from './vpc-plan.ts';

const obstacle = await whyNoTaps();
if (obstacle !== undefined) console.warn(`SKIPPED: services of a VPC. ${obstacle}`);

const namespace = `services-${process.pid}`;
/** Whom the kernel takes for the caller of a loopback address. */
const LOCAL = ['127.0.0.1', METADATA, RESOLVER];
const inside = ['netns', 'exec', namespace];

/**
 * A guest that asks again and again, as a shell script does: it sends its request with the end of all
 * it has to say, and waits. Where nobody listens it tries again. Says how many of its requests were
 * answered, and what became of the others.
 */
const GUEST = `
  const seen = { answered: 0, cutOff: 0 };
  let ends = false;
  process.stdin.on('data', () => { ends = true; });
  const ask = () => new Promise((done) => {
    let answer = '';
    let refused = false;
    const caller = require('node:net').connect(80, '${METADATA}');
    caller.on('data', (bytes) => { answer += bytes; });
    caller.on('error', ({ code }) => { refused = code === 'ECONNREFUSED'; });
    caller.on('close', () => {
      if (answer.endsWith('here')) seen.answered += 1;
      else if (!refused) seen.cutOff += 1;
      else if (seen.refused === undefined) console.log(seen.refused = 'refused');
      done();
    });
    caller.end('GET / HTTP/1.1\\r\\nHost: ${METADATA}\\r\\nConnection: close\\r\\n\\r\\n');
  });
  const guest = async () => { while (!ends) await ask(); };
  Promise.all([guest(), guest(), guest()]).then(() => {
    console.log(JSON.stringify(seen));
    process.exit();
  });
`;

describe.skipIf(obstacle !== undefined)('the services of a VPC', () => {
  beforeEach(async () => {
    await run('ip', ['netns', 'add', namespace]);
    await run('ip', [...inside, 'ip', 'link', 'set', 'lo', 'up']);
    for (const address of [METADATA, RESOLVER]) {
      await run('ip', [...inside, 'ip', 'address', 'add', `${address}/32`, 'dev', 'lo']);
    }
  });
  afterEach(async () => {
    guest?.kill('SIGKILL');
    await run('ip', ['netns', 'delete', namespace]);
  });

  test('answer whoever calls while they are opened', { timeout: 60_000 }, async () => {
    for (let time = 0; time < 5; time += 1) {
      guest = spawn('ip', [...inside, process.execPath, '-e', GUEST], {
        stdio: ['pipe', 'pipe', 'inherit'],
      });
      guest.stdout.setEncoding('utf8');
      expect(await once(guest.stdout, 'data')).toEqual(['refused\n']);
      const said = once(guest.stdout, 'data');
      let left = 50;
      const wereAsked = new Promise<void>((resolve) => {
        answered = () => ((left -= 1) === 0 ? resolve() : undefined);
      });
      const services = await RouterServices.open(namespace, { metadata, resolver }, served);
      await wereAsked;
      guest.stdin.end('enough');
      expect(JSON.parse(String((await said)[0]))).toMatchObject({ cutOff: 0 });
      services.close();
    }
  });
});

let guest: ChildProcessByStdio<Writable, Readable, null> | undefined;
let answered = (): void => undefined;
const metadata = {
  handle(_machine: string, _request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.end('here');
    answered();
    return Promise.resolve();
  },
};
const resolver = { answer: () => Promise.resolve(undefined) };
const served = {
  // All that a machine's interface has to tell here is its address.
  plan: () => ({ interfaces: [{ machine: 'i-1', addresses: LOCAL }] }) as unknown as VpcPlan,
  lease: () => undefined,
};
