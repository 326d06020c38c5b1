import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { line, quote } from './narrator.ts';

/** The guest needs a while until its SSH server listens; then one login must do. */
export async function logIn(address: string, keyFile: string, command: string): Promise<void> {
  const options = [
    'StrictHostKeyChecking=no',
    'UserKnownHostsFile=/dev/null',
    'LogLevel=ERROR',
    'ConnectTimeout=5',
  ];
  const login = `ec2-user@${address}`;
  const args = ['-i', keyFile, ...options.flatMap((option) => ['-o', option]), login, command];
  for (let tries = 1; ; tries++) {
    try {
      const { stdout } = await promisify(execFile)('ssh', args);
      line(`ssh ${login}`, command, 'logged in');
      return quote(stdout);
    } catch (error) {
      if (tries === 60) throw error;
      await sleep(1000);
    }
  }
}
