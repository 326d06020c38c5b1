import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestCloud, type TestCloud } from '../../test/cloud.ts';

describe('the admin API', () => {
  let cloud: TestCloud;

  beforeAll(async () => {
    cloud = await startTestCloud();
  });
  afterAll(() => cloud[Symbol.asyncDispose]());

  const ask = (path: string, init?: RequestInit): Promise<Response> =>
    fetch(`${cloud.inside.endpoint}${path}`, init);

  test.each(['/_alacarte/health', '/_localstack/health'])(
    'tells its health at %s',
    async (path) => {
      const answer = await ask(path);
      expect(answer.status).toBe(200);
      expect(await answer.json()).toMatchObject({
        status: 'running',
        auth: 'loopback',
        store: 'lmdb',
        compute: { driver: 'mock', realization: 'mock' },
        services: { dynamodb: 'running', ec2: 'running', sqs: 'disabled' },
      });
    },
  );

  test('answers HEAD without a body', async () => {
    const answer = await ask('/_alacarte/health', { method: 'HEAD' });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe('');
  });

  test('lists what is built', async () => {
    const coverage = (await (await ask('/_alacarte/coverage')).json()) as { service: string }[];
    expect(coverage.find(({ service }) => service === 'sts')).toMatchObject({
      operations: expect.arrayContaining([{ name: 'GetCallerIdentity', built: true }]),
    });
  });

  test('lists the resource types that are built', async () => {
    const answer = await ask('/_alacarte/coverage/resource-types');
    const coverage = (await answer.json()) as { namespace: string }[];
    expect(coverage.find(({ namespace }) => namespace === 'AWS::SSM')).toMatchObject({
      resourceTypes: expect.arrayContaining([{ name: 'AWS::SSM::Parameter', built: true }]),
    });
  });

  test('reads the clock and moves it forward', async () => {
    const before = cloud.inside.clock.now();
    const body = JSON.stringify({ advanceSeconds: 90 });
    const moved = await ask('/_alacarte/clock', { method: 'POST', body });
    const now = new Date(before + 90_000).toISOString();
    expect(await moved.json()).toEqual({ now });
    expect(await (await ask('/_alacarte/clock')).json()).toEqual({ now });
  });

  test.each(['', '{', '[]', 'null', '{}', '{"advanceSeconds":-1}', '{"advanceSeconds":"1"}'])(
    'refuses to move the clock by %j',
    async (body) => {
      const before = cloud.inside.clock.now();
      const answer = await ask('/_alacarte/clock', { method: 'POST', body });
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ code: 'ValidationError' });
      expect(cloud.inside.clock.now()).toBe(before);
    },
  );

  test('says what there is where there is nothing', async () => {
    const answer = await ask('/_alacarte/nothing');
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({
      message: expect.stringContaining('/_alacarte/health'),
    });
  });

  test('takes no order from a page of another origin', async () => {
    const headers = { origin: 'http://evil.example' };
    const body = JSON.stringify({ advanceSeconds: 1 });
    const answer = await ask('/_alacarte/clock', { method: 'POST', headers, body });
    expect(answer.status).toBe(403);
  });

  test('in strict mode tells its health to anybody and everything else to nobody unsigned', async () => {
    await using strict = await startTestCloud({ auth: 'strict' });
    // 400 is MissingAuthenticationToken, as AWS has it.
    const status = async (path: string): Promise<number> =>
      (await fetch(`${strict.inside.endpoint}/_alacarte/${path}`)).status;
    expect(await status('health')).toBe(200);
    for (const path of [
      'doctor',
      'images',
      'coverage',
      'coverage/resource-types',
      'clock',
      'activity',
    ])
      expect(await status(path)).toBe(400);
  });
});
