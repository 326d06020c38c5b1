import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { loadModel } from '../../models/load.ts';
import { takeGlobalOptions } from '../arguments/global-options.ts';
import { Client } from '../client.ts';
import type { Command } from '../command.ts';
import { configure } from '../configuration.ts';
import { Failure, usageError } from '../failure.ts';
import type { Terminal } from '../terminal.ts';

/** Where the host gets to its SSH server whatever its rules say, or where port 22 could not be had. */
const SSH_TAG = 'aws:alacarte:ssh';

interface Instance {
  readonly State?: { readonly Name?: string };
  readonly PublicIpAddress?: string;
  readonly Tags?: readonly { readonly Key?: string; readonly Value?: string }[];
}

export const ssh: Command = {
  help: `usage: alacarte ssh <instance-id> [-i <key file>] [-l <user>] [-- <command>]

Asks DescribeInstances where the instance is and runs OpenSSH (as ec2-user, unless -l says otherwise)
with the arguments that fit: the host key is not remembered, as addresses are used again. Takes
--endpoint-url, --region and --profile like every AWS command.
`,
  async run(args, terminal) {
    const { id, key, user, command, rest } = readArguments(args);
    const { host, port } = await findInstance(id, rest, terminal);
    const options = ['StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'LogLevel=ERROR'];
    const child = spawn(
      'ssh',
      [
        ...options.flatMap((option) => ['-o', option]),
        ...(key === undefined ? [] : ['-i', key]),
        ...['-p', port, `${user}@${host}`, ...command],
      ],
      { stdio: 'inherit' },
    );
    const failed = once(child, 'error').then(([error]) => {
      throw new Failure(`OpenSSH's client cannot be run: ${String(error)}`);
    });
    const [code, signal] = (await Promise.race([once(child, 'exit'), failed])) as [number, string];
    return signal ? 255 : code;
  },
};

function readArguments(args: readonly string[]) {
  const dashes = args.indexOf('--');
  const own = dashes < 0 ? args : args.slice(0, dashes);
  const { options, rest } = takeGlobalOptions(own);
  try {
    const { values, positionals } = parseArgs({
      args: rest,
      allowPositionals: true,
      options: {
        'identity-file': { type: 'string', short: 'i' },
        login: { type: 'string', short: 'l' },
      },
    });
    const [id, ...more] = positionals;
    if (id === undefined || more.length > 0) throw new Error('It takes one instance ID.');
    const command = dashes < 0 ? [] : args.slice(dashes + 1);
    return {
      id,
      key: values['identity-file'],
      user: values.login ?? 'ec2-user',
      command,
      rest: options,
    };
  } catch (error) {
    throw usageError(`${(error as Error).message} See: alacarte ssh --help`);
  }
}

async function findInstance(
  id: string,
  options: ReturnType<typeof takeGlobalOptions>['options'],
  { environment }: Terminal,
): Promise<{ host: string; port: string }> {
  const model = loadModel('ec2');
  const name = 'DescribeInstances';
  const client = new Client(configure(options, environment, model.sdkId), options);
  const call = { model, name, operation: model.operations[name]! };
  const { output } = await client.call(call, { InstanceIds: [id] });
  const { Reservations = [] } = output as { Reservations?: { Instances?: Instance[] }[] };
  const instance = Reservations[0]?.Instances?.[0];
  const state = instance?.State?.Name;
  const address = instance?.PublicIpAddress;
  const elsewhere = instance?.Tags?.find(({ Key }) => Key === SSH_TAG)?.Value;
  const way = elsewhere ?? address;
  if (state !== 'running' || way === undefined) {
    throw new Failure(`${id} is ${state ?? 'not there'}; a running instance can be logged in to.`);
  }
  const [host = way, port = '22'] = way.split(':');
  return { host, port };
}
