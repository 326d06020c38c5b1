import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Cgroups, findHierarchies } from './cgroups.ts';

// What is written where, to folders that stand in for the kernel's; the drivers' tests use the host's.
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'alacarte-cgroups-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function mounts(...lines: string[]): Promise<string> {
  const file = join(folder, 'mounts');
  await writeFile(file, lines.join('\n'));
  return file;
}

test('version 2 has all controllers in one tree, where they are switched on', async () => {
  const root = join(folder, 'unified');
  await mkdir(root);
  await writeFile(join(root, 'cgroup.controllers'), 'cpuset cpu io memory pids\n');
  const { found, missing } = await findHierarchies(await mounts(`cgroup2 ${root} cgroup2 rw 0 0`));
  expect(missing).toEqual([]);
  expect(found).toEqual([{ root, version: 2, controllers: ['pids', 'cpu', 'memory'] }]);

  const groups = new Cgroups(found, '/somewhere');
  const [group] = await groups.make('i-1', { vcpus: 2, memoryMib: 512 });
  const read = async (path: string) => await readFile(path, 'utf8');
  expect(await read(join(root, 'cgroup.subtree_control'))).toBe('+pids +cpu +memory');
  expect(await read(join(root, 'alacarte', 'cgroup.subtree_control'))).toBe('+pids +cpu +memory');
  expect(await read(join(group!, 'cpu.max'))).toBe('200000 100000');
  expect(await read(join(group!, 'memory.max'))).toBe(String(512 * 2 ** 20));
});

test('version 1 has a tree for each, and what it lacks version 2 may have', async () => {
  const [cpu, memory, unified] = ['cpu', 'memory', 'unified'].map((name) => join(folder, name));
  for (const root of [cpu!, memory!, unified!]) await mkdir(root);
  const lines = [
    `cgroup ${cpu} cgroup rw,relatime,cpu,cpuacct 0 0`,
    `cgroup ${memory} cgroup rw,memory 0 0`,
    `cgroup2 ${unified} cgroup2 rw 0 0`,
  ];
  expect((await findHierarchies(await mounts(...lines))).missing).toEqual(['pids']);
  await writeFile(join(unified!, 'cgroup.controllers'), 'hugetlb pids\n');
  const { found, missing } = await findHierarchies(await mounts(...lines));
  expect(missing).toEqual([]);
  expect(found.map(({ version }) => version)).toEqual([1, 1, 2]);

  const size = { vcpus: 1, memoryMib: 128 };
  await new Cgroups(found, '/somewhere').make('i-1', size);
  const [group = ''] = await readdir(join(cpu!, 'alacarte'));
  expect(await readFile(join(cpu!, 'alacarte', group, 'cpu.cfs_quota_us'), 'utf8')).toBe('100000');
  const limit = join(memory!, 'alacarte', group, 'memory.limit_in_bytes');
  expect(await readFile(limit, 'utf8')).toBe(String(128 * 2 ** 20));
});

test("machines are told apart from another cloud's, and only processes make one", async () => {
  await writeFile(join(folder, 'cgroup.controllers'), 'cpu memory pids\n');
  const { found } = await findHierarchies(await mounts(`cgroup2 ${folder} cgroup2 rw 0 0`));
  const [one, other] = [new Cgroups(found, '/one'), new Cgroups(found, '/other')];
  const size = { vcpus: 1, memoryMib: 128 };
  const [group = ''] = await one.make('i-1', size);
  await one.make('i-2', size);
  await writeFile(join(group, 'cgroup.procs'), '4194301\n4194302\n');
  expect(await one.processes()).toEqual(new Map([['i-1', [4194301, 4194302]]]));
  expect(await other.processes()).toEqual(new Map());
});
