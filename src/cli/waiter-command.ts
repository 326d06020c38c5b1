import { setTimeout as sleep } from 'node:timers/promises';
import { loadWaiters } from '../models/load.ts';
import type { ServiceModel } from '../models/model.ts';
import { admit } from './arguments/admit.ts';
import { argumentsOf } from './arguments/argument.ts';
import type { GlobalOptions } from './arguments/global-options.ts';
import { parseArguments, requireArguments } from './arguments/parse-arguments.ts';
import { inputOf } from './build-input.ts';
import { Client } from './client.ts';
import { configure, isThisMachine } from './configuration.ts';
import { usageError } from './failure.ts';
import { kebab, modelled } from './names.ts';
import { didYouMean } from './suggest.ts';
import type { Terminal } from './terminal.ts';
import { attempted, wait } from './wait.ts';

/**
 * Runs `<service> wait <waiter> [flags]`: prints nothing, and ends when the state is reached. A
 * cloud on this machine is asked every second, as nobody else is kept waiting by that.
 */
export async function runWaiter(
  model: ServiceModel,
  [word, ...words]: readonly string[],
  options: GlobalOptions,
  terminal: Terminal,
): Promise<void> {
  const waiters = loadWaiters(model.service);
  const names = Object.keys(waiters).map(kebab).toSorted();
  if (word === 'help' || word === '--help') {
    terminal.out(`Waiters of ${model.service}:\n${names.map((name) => `  ${name}\n`).join('')}`);
    return;
  }
  const name = modelled(Object.keys(waiters), word ?? '');
  if (name === undefined) {
    const known = names.length === 0 ? 'it has none' : `they are ${names.join(', ')}`;
    throw usageError(
      `'${word ?? ''}' is no waiter of ${model.service}: ${known}.${didYouMean(word ?? '', names)}`,
    );
  }
  const waiter = waiters[name]!;
  const command = { model, operation: waiter.operation };
  const operation = model.operations[waiter.operation]!;
  const configuration = configure(options, terminal.environment, model.sdkId);
  const table = argumentsOf(command);
  const { typed } = parseArguments(words, table);
  requireArguments(table, typed);
  const input = admit(model, operation.input, inputOf(typed), configuration.binaryFormat);
  const trace = options.debug ? (line: string): void => terminal.error(`${line}\n`) : undefined;
  const client = new Client(configuration, options, trace);
  const call = { model, name: waiter.operation, operation };
  await wait(name, waiter, () => attempted(() => client.call(call, input)), {
    ...(isThisMachine(configuration.endpoint) && { delaySeconds: Math.min(1, waiter.delay) }),
    sleep: async (ms) => {
      await sleep(ms);
    },
  });
}
