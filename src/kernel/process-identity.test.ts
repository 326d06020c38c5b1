import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { isRunning, thisProcess } from './process-identity.ts';

test('this process runs', () => {
  expect(thisProcess().pid).toBe(process.pid);
  expect(isRunning(thisProcess())).toBe(true);
});

test('a process that has taken over the number is another one', () => {
  expect(isRunning({ pid: process.pid, began: 'earlier' })).toBe(false);
});

test('a process tells of itself what others see of it, until it has ended', async () => {
  const program = `import { thisProcess } from './src/kernel/process-identity.ts';
    console.log(JSON.stringify(thisProcess())); process.stdin.resume();`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program]);
  const ended = once(child, 'exit');
  const [said] = (await once(child.stdout, 'data')) as [Buffer];
  const identity = JSON.parse(String(said)) as { pid: number; began: string };
  expect(identity.pid).toBe(child.pid);
  expect(isRunning(identity)).toBe(true);
  child.stdin.end();
  await ended;
  expect(isRunning(identity)).toBe(false);
});
