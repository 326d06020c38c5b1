import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer } from '../../tools/server-process.ts';

const root = join(import.meta.dirname, '../..');
const consumer = `import { startCloud } from 'alacarte';
await using cloud = await startCloud({ frozenAt: new Date(0) });
const now: number = cloud.clock.now();
// @ts-expect-error an option that there is not
await startCloud({ regoin: 'eu-west-1' });
export { now };
`;

/** What `npm pack` makes, installed where nothing else of ours is: what a user gets. */
describe('the packed package', { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'packed-'));
  const project = join(folder, 'project');
  let tarball: string;
  let packed: { readonly path: string }[];
  let registryAnswers = false;

  beforeAll(() => {
    const { stdout } = succeeds(run(root, 'npm', 'pack', '--json', '--pack-destination', folder));
    const [what] = JSON.parse(stdout.slice(stdout.indexOf('['))) as [
      { filename: string; files: { path: string }[] },
    ];
    tarball = join(folder, what.filename);
    packed = what.files;
    cpSync(join(root, 'examples/vitest'), project, { recursive: true });
    const install = ['install', '--no-audit', '--no-fund', '--prefer-offline', tarball];
    const installed = run(project, 'npm', ...install);
    registryAnswers = installed.status === 0;
    if (!registryAnswers && !/E(NOTFOUND|AI_AGAIN|CONNREFUSED|TIMEDOUT)/.test(installed.stderr)) {
      succeeds(installed);
    }
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('is under 15 MB, with what it needs and nothing else', () => {
    expect(statSync(tarball).size).toBeLessThan(15e6);
    const paths = packed.map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining([
        ...['dist/index.js', 'dist/index.d.ts', 'dist/cli/main.js', 'NOTICE', 'LICENSE'],
        ...['dist/THIRD-PARTY-LICENSES.txt', 'src/models/generated/index.json'],
        'src/compute/images/tiny/guest/root/etc/inittab',
        'src/compute/namespaces/scripts/launch',
      ]),
    );
    expect(paths.filter((path) => /\.test\.|^(test|tools|bench|docs)\/|\.ts$/.test(path))).toEqual([
      'dist/index.d.ts',
    ]);
  });

  test("passes the example's tests in a folder of its own", ({ skip }) => {
    if (!registryAnswers) skip('the registry for its dependencies cannot be reached');
    succeeds(run(project, 'npm', 'run', '--silent', 'typecheck'));
    const { stdout } = succeeds(run(project, 'npm', 'test'));
    expect(stdout).toMatch(/Tests .*3 passed/);
  });

  test('carries types that stand alone', ({ skip }) => {
    if (!registryAnswers) skip('the registry for its dependencies cannot be reached');
    writeFileSync(join(project, 'consumer.ts'), consumer);
    const flags = ['--noEmit', '--strict', '--skipLibCheck', 'false', '--types', ''];
    const target = ['--target', 'es2022', '--module', 'nodenext', '--ignoreConfig'];
    const { stdout, status } = run(project, 'npx', 'tsc', ...flags, ...target, 'consumer.ts');
    expect(status, stdout).toBe(0);
  });

  test('has a command', ({ skip }) => {
    if (!registryAnswers) skip('the registry for its dependencies cannot be reached');
    const { stdout } = succeeds(run(project, 'npx', 'alacarte', 'ec2', 'run-instances', 'help'));
    expect(stdout).toContain('run-instances');
  });

  test('starts a cloud with its console', async ({ skip }) => {
    if (!registryAnswers) skip('the registry for its dependencies cannot be reached');
    const program = [join(project, 'node_modules/alacarte/dist/cli/main.js')];
    const options = ['--port', '0', '--ephemeral', '--compute', 'mock', '--log-level', 'error'];
    const server = await startServer(program, options);
    try {
      const page = await fetch(server.endpoint, { headers: { accept: 'text/html' } });
      expect(page.status).toBe(200);
      const [script = ''] = /assets\/[\w.-]+\.js/.exec(await page.text()) ?? [];
      expect(await fetch(new URL(script, page.url))).toMatchObject({ status: 200 });
    } finally {
      await server.stop();
    }
  });
});

function run(cwd: string, program: string, ...args: string[]): SpawnSyncReturns<string> {
  return spawnSync(program, args, { cwd, encoding: 'utf8', env: { ...process.env, VITEST: '' } });
}

function succeeds(done: SpawnSyncReturns<string>): SpawnSyncReturns<string> {
  expect(done.status, `${done.stdout}\n${done.stderr}`).toBe(0);
  return done;
}
