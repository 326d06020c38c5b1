import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ServerProcess, startServer } from '../../tools/server-process.ts';
import { type Outcome, run } from '../clients/program.ts';
import { built } from '../built.ts';

let directory: string;
let server: ServerProcess | undefined;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'commands-'));
});
afterEach(async () => {
  await server?.stop('SIGKILL');
  server = undefined;
  rmSync(directory, { recursive: true });
});

async function up(...options: readonly string[]): Promise<void> {
  const usual = [
    '--port',
    '0',
    '--data-dir',
    directory,
    '--compute',
    'mock',
    '--log-level',
    'error',
  ];
  server = await startServer(built, [...usual, ...options]);
}

const alacarte = (...words: readonly string[]): Promise<Outcome> =>
  run(process.execPath, [...built, ...words], {
    env: { AWS_ENDPOINT_URL: '', ALACARTE_DATA_DIR: directory },
  });

/** What `eval "$(alacarte env)"` sets. */
async function variables(): Promise<Record<string, string>> {
  const { stdout } = await alacarte('env');
  const lines = stdout.trim().split('\n');
  return Object.fromEntries(lines.map((line) => line.replace('export ', '').split('=')));
}

describe('a server', { timeout: 60_000 }, () => {
  test('is seen, pointed to, asked and stopped by the commands', async () => {
    expect(await alacarte('status')).toMatchObject({ code: 1 });
    await up();
    expect(server!.ready).toBe(`Alacarte is ready at ${server!.endpoint}`);

    const status = await alacarte('status');
    expect(status.stdout).toContain(server!.endpoint);
    expect(status.stdout).toMatch(/^compute +mock \(mock\)$/m);
    expect(status.code).toBe(0);

    const env = await variables();
    expect(env).toMatchObject({ AWS_ENDPOINT_URL: server!.endpoint, AWS_ACCESS_KEY_ID: 'test' });
    const identity = await run(
      process.execPath,
      [...built, 'sts', 'get-caller-identity', '--query', 'Account', '--output', 'text'],
      { env },
    );
    expect(identity.stdout).toBe('000000000000\n');

    const doctor = await alacarte('doctor');
    expect(doctor.stdout).toMatch(/^chosen +mock +Machines are records only/m);

    expect(await alacarte('down')).toMatchObject({
      code: 0,
      stdout: `Stopped ${server!.endpoint}.\n`,
    });
    expect(await alacarte('down')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^No server/),
    });
    expect(existsSync(join(directory, 'server.json'))).toBe(false);
  });

  test('in strict mode takes its own root key, which env prints, and no other', async () => {
    await up('--auth', 'strict');
    const who = ['sts', 'get-caller-identity', '--output', 'text', '--query', 'Arn'];
    const env = await variables();
    const known = await run(process.execPath, [...built, ...who], { env });
    expect(known.stdout).toBe('arn:aws:iam::000000000000:root\n');
    const unknown = await run(process.execPath, [...built, ...who], {
      env: { ...env, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' },
    });
    expect(unknown.code).toBe(254);
    expect(unknown.stderr).toContain('InvalidClientTokenId');
    expect((await alacarte('doctor')).stdout).toMatch(/^chosen +mock/m);
    expect(statSync(join(directory, 'root-credentials.json')).mode & 0o777).toBe(0o600);
  });

  test('does not start twice on one data directory or one port', async () => {
    await up();
    const again = await alacarte('up', '--port', '0', '--compute', 'mock');
    expect(again.stderr).toContain(`is in use by process ${server!.pid}`);
    expect(again.code).toBe(1);
    const port = new URL(server!.endpoint).port;
    const other = join(directory, 'other');
    const elsewhere = await alacarte(
      'up',
      '--data-dir',
      other,
      '--port',
      port,
      '--compute',
      'mock',
    );
    expect(elsewhere.stderr).toContain(`Port ${port} is in use`);
    expect(elsewhere.code).toBe(1);
  });
});

describe('watching', { timeout: 60_000 }, () => {
  /** Watches until it has seen a call, then stops the server. */
  async function watchUntil(signal: NodeJS.Signals): Promise<{ seen: unknown; code: unknown }> {
    await up('--auth', 'strict');
    await run(process.execPath, [...built, 'sts', 'get-caller-identity'], {
      env: await variables(),
    });
    const watch = spawn(process.execPath, [...built, 'watch', '--json'], {
      env: { ...process.env, ALACARTE_DATA_DIR: directory },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const exited = once(watch, 'exit');
    const [line] = (await once(createInterface(watch.stdout), 'line')) as [string];
    await server!.stop(signal);
    const [code] = (await exited) as [unknown];
    return { seen: JSON.parse(line), code };
  }

  const seen = { service: 'sts', operation: 'GetCallerIdentity', status: 200 };

  test('ends well when the server ends', async () => {
    expect(await watchUntil('SIGTERM')).toMatchObject({ seen, code: 0 });
  });

  test('fails when the server is killed', async () => {
    expect(await watchUntil('SIGKILL')).toMatchObject({ seen, code: 1 });
  });
});

test('output that nobody reads to its end is no error', async () => {
  const line = `${process.execPath} ${built.join(' ')} coverage ec2 | head -n 1`;
  const { stdout, stderr } = await run('sh', ['-c', line]);
  expect(stdout).toMatch(/AcceptAddressTransfer\n$/);
  expect(stderr).toBe('');
});
