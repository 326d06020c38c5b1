import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../src/compute/run.ts';
import { processOf } from './behind.ts';
import type { Machine, VpcUnderTest } from './vpc-under-test.ts';

/** Has the host's Node.js run in a machine's network, with its resolver, as a program inside would. */
export class HostProcess implements AsyncDisposable {
  readonly #net: VpcUnderTest;
  readonly #folder: string;

  private constructor(net: VpcUnderTest, folder: string) {
    this.#net = net;
    this.#folder = folder;
  }

  static async open(net: VpcUnderTest): Promise<HostProcess> {
    return new HostProcess(net, await mkdtemp(join(tmpdir(), 'alacarte-inside-')));
  }

  /**
   * Runs a module, which finds this project's packages.
   *
   * @param authority PEM of what it trusts beside the usual authorities
   * @returns what it prints
   */
  async run(machine: Machine, module: string, authority: string): Promise<string> {
    const [names, trusted] = [join(this.#folder, 'resolv.conf'), join(this.#folder, 'ca.pem')];
    await writeFile(names, await this.#net.run(machine, 'cat /etc/resolv.conf'));
    await writeFile(trusted, authority);
    const script = `mount --bind ${names} /etc/resolv.conf && exec "$@"`;
    return await run('nsenter', [
      ...['--target', await processOf(machine.id), '--net', 'unshare', '--mount', 'env', '-i'],
      ...['AWS_REGION=us-east-1', 'AWS_ACCESS_KEY_ID=test', 'AWS_SECRET_ACCESS_KEY=test'],
      ...[`NODE_EXTRA_CA_CERTS=${trusted}`, `PATH=${process.env['PATH'] ?? ''}`],
      ...['sh', '-c', script, 'sh', process.execPath, '--input-type=module', '-e', module],
    ]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#folder, { recursive: true });
  }
}
