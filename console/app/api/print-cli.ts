import type { Call } from './call.ts';
import { kebabCase } from './names.ts';
import { forSmartClients } from './user-data.ts';
import type { Session } from './session.ts';

/** A line for a POSIX shell that makes the call as it is printed. */
export function printCli(call: Call, endpoint: string, session: Session): string {
  const words = [
    // Only the well-known keys are printed; anybody else's are the shell's own.
    ...(session.accessKeyId === 'test'
      ? ['AWS_ACCESS_KEY_ID=test', 'AWS_SECRET_ACCESS_KEY=test']
      : []),
    ...['aws', '--endpoint-url', quote(endpoint), '--region', quote(session.region)],
    ...[call.service, kebabCase(call.operation)],
  ];
  const options = Object.entries(commandLineInput(call))
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => option(kebabCase(name), value));
  return [words.join(' '), ...options].join(' \\\n  ');
}

/** run-instances takes both of its numbers as one: `--count 1:2`. */
function commandLineInput(call: Call): object {
  const input = forSmartClients(call);
  if (!('MinCount' in input && 'MaxCount' in input)) return input;
  const { MinCount, MaxCount, ...rest } = input;
  return { ...rest, Count: MinCount === MaxCount ? MinCount : [MinCount, MaxCount].join(':') };
}

function option(name: string, value: unknown): string {
  if (typeof value === 'boolean') return value ? `--${name}` : `--no-${name}`;
  if (Array.isArray(value) && value.length > 0 && value.every(isPlainWord)) {
    return [`--${name}`, ...value.map((word: string) => quote(word))].join(' ');
  }
  const text = typeof value === 'string' ? value : JSON.stringify(value, blobsAsBase64);
  // Behind a = the command line takes what starts with - for a value, and so it does the empty.
  return `--${name}${text.startsWith('-') ? '=' : ' '}${quote(text)}`;
}

/** What the command line takes for itself in a list of words. */
function isPlainWord(value: unknown): boolean {
  return typeof value === 'string' && /^[\w./:]/.test(value) && !/^(file|fileb):/.test(value);
}

/** One word for a POSIX shell. */
export function quote(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

function blobsAsBase64(_name: string, value: unknown): unknown {
  return value instanceof Uint8Array ? btoa(String.fromCharCode(...value)) : value;
}
