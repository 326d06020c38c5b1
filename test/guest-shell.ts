import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../src/compute/run.ts';

/** A way into guests with one private key, through the stock SSH client. */
export class GuestShell implements Disposable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'alacarte-key-'));
  readonly #login: string;

  /** @param privateKey PEM, as CreateKeyPair gives it */
  constructor(privateKey: string, login = 'ec2-user') {
    this.#login = login;
    writeFileSync(this.#key, privateKey, { mode: 0o600 });
  }

  /** What a command says; fails where the guest does not let one in, or with the command. */
  async run(host: string, command: string): Promise<string> {
    const lenient = ['StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'BatchMode=yes'];
    const options = [...lenient, 'ConnectTimeout=5', 'LogLevel=ERROR'].flatMap((o) => ['-o', o]);
    return await run('ssh', [...options, '-i', this.#key, `${this.#login}@${host}`, command]);
  }

  get #key(): string {
    return join(this.#folder, 'key');
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
