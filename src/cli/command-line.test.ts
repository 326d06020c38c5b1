import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { announceServer } from '../running-server.ts';
import { runCommandLine } from './command-line.ts';

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'command-line-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

/** Runs a command line in this process, away from whatever its environment says. */
async function alacarte(...words: readonly string[]) {
  const said = { out: '', error: '' };
  const code = await runCommandLine(words, {
    environment: { ALACARTE_DATA_DIR: directory, HOME: '/nonexistent' },
    out: (text) => void (said.out += text),
    error: (text) => void (said.error += text),
    isTerminal: false,
    widthColumns: 80,
  });
  return { ...said, code };
}

test.each([
  [['help'], /^Alacarte .*\n\nusage: alacarte <command> \[options\]\n/],
  [['--version'], /^alacarte\/\d/],
  [['help', 'up'], /^usage: alacarte up/],
  [['up', '-h'], /^usage: alacarte up/],
  [['help', 'sts', 'get-caller-identity'], /^sts get-caller-identity\n/],
  [['env'], /^export AWS_ENDPOINT_URL=http:\/\/127\.0\.0\.1:4566$/m],
  [['coverage'], /^sts +3 +\d+ +\d+ %$/m],
  [['images'], /^tiny +(ready|at first launch) +qemu, namespaces, docker +ec2-user +\/aws/m],
  [['coverage', 'sts'], /^built {5}GetCallerIdentity$/m],
  [['coverage'], /^AWS::SSM +\d+ +\d+ +\d+ %$/m],
  [['coverage', 'AWS::SSM'], /^built {5}AWS::SSM::Parameter$/m],
  [['completion', '--complete', '--', 'do'], /^down\ndoctor\n$/],
  [['completion', '--complete', '--', 'up', '--help', '--ep'], /^--ephemeral\n$/],
  [['completion', '--complete', '--', 'up', '--nothing-like'], /^$/],
])('%j says %s', async (words, expected) => {
  const { out, code } = await alacarte(...words);
  expect(out).toMatch(expected);
  expect(code).toBe(0);
});

test.each([
  [[], 252, /^$/],
  [['doctr'], 252, /Did you mean doctor\?/],
  [['help', 'doctr'], 252, /Did you mean doctor\?/],
  [['ssh'], 252, /alacarte ssh --help/],
  [['status', '--port', '1'], 252, /--port/],
  [['images', 'nope'], 252, /There is no image nope, but tiny, /],
  [['coverage', 'nope'], 252, /'nope' is no service/],
  [['coverage', 'sts', 'ec2'], 252, /It takes one service/],
  [['up', '--prot', '1'], 252, /Unknown option '--prot'/],
  [['up', '--compute', 'docker'], 1, /^alacarte: The .* cannot be used: .*\n$/],
  [['up', '--store', 'postgres://127.0.0.1:9/x', '--data-dir', 'src'], 1, /not Alacarte's/],
])('%j ends with %i and says %s', async (words, code, reason) => {
  const outcome = await alacarte(...words);
  expect(outcome.error).toMatch(reason);
  expect(outcome.code).toBe(code);
});

test('words behind -- are for the instance, help among them', async () => {
  const target = ['i-0123456789abcdef0', '--endpoint-url', 'http://127.0.0.1:9'];
  const { error, code } = await alacarte('ssh', ...target, '--', 'ls', '--help');
  expect(error).toContain('Could not connect to the endpoint URL');
  expect(code).toBe(255);
});

test('a process that has the number of a server that was killed is left alone', async () => {
  const bystander = spawn(process.execPath, ['-e', 'process.stdin.resume()']);
  try {
    const left = { pid: bystander.pid, began: 'earlier', endpoint: 'http://127.0.0.1:9' };
    writeFileSync(join(directory, 'server.json'), JSON.stringify(left));
    expect(await alacarte('status')).toMatchObject({ code: 1 });
    expect((await alacarte('down')).out).toMatch(/^No server/);
    expect(bystander.kill(0)).toBe(true);
  } finally {
    bystander.kill();
  }
});

test('a server that does not answer is said to', async () => {
  announceServer(directory, 'http://127.0.0.1:9');
  const { code, error } = await alacarte('status');
  expect(error).toMatch(/^alacarte: Process \d+ does not answer at http:.*health: /);
  expect(code).toBe(1);
});
