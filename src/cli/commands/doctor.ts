import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silent } from '../../kernel/log.ts';
import type { Diagnosis, DriverDiagnosis } from '../../compute/compute.ts';
import { createCompute } from '../../compute/create-compute.ts';
import { MovableClock } from '../../kernel/clock.ts';
import { runningServer } from '../../running-server.ts';
import { askServer, optionsOf } from '../ask-server.ts';
import { columns } from '../columns.ts';
import type { Command } from '../command.ts';

export const doctor: Command = {
  help: `usage: alacarte doctor [--data-dir <directory>]

Lists each compute driver, best first: whether it is usable on this host, and what it can keep of
EC2's behaviour. Asks the running server, or looks itself where none runs. It may take some seconds
the first time after the host has started, as only a real boot shows whether KVM works.
`,
  async run(args, { environment, out }) {
    const { dataDir: directory } = optionsOf(args, environment);
    const server = runningServer(directory);
    const { drivers } = await (server
      ? askServer<Diagnosis>(server, directory, 'doctor')
      : lookHere());
    out(
      columns(
        drivers.map(({ name, chosen, usable, reason }) => [mark(chosen, usable), name, reason]),
      ),
    );
    out(`\nWhat each can promise\n${promises(drivers)}`);
    return 0;
  },
};

function mark(chosen: boolean, usable: boolean): string {
  if (chosen) return 'chosen';
  return usable ? 'usable' : '-';
}

async function lookHere(): Promise<Diagnosis> {
  const directory = mkdtempSync(join(tmpdir(), 'alacarte-doctor-'));
  try {
    const compute = await createCompute({
      directory,
      clock: new MovableClock(),
      log: silent,
      ephemeral: true,
    });
    const diagnosis = await compute.doctor();
    await compute.close();
    return diagnosis;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const names: readonly (readonly [keyof NonNullable<DriverDiagnosis['promises']>, string])[] = [
  ['ownKernel', 'a kernel of its own'],
  ['privateAddress', 'its private address inside'],
  ['metadata', '169.254.169.254 answers inside'],
  ['subnet', 'instances reach one another'],
  ['securityGroups', 'security groups drop packets'],
  ['hotPlug', 'volumes while it runs'],
];

function promises(drivers: readonly DriverDiagnosis[]): string {
  const known = drivers.filter((driver) => driver.promises);
  return columns([
    ['', ...known.map(({ name }) => name)],
    ...names.map(([promise, text]) => [
      `  ${text}`,
      ...known.map((driver) => (driver.promises?.[promise] ? 'yes' : 'no')),
    ]),
  ]);
}
