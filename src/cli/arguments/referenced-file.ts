import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { usageError } from '../failure.ts';

/**
 * The content of `file://…` as text or of `fileb://…` as bytes; undefined for anything else.
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-parameters-file.html
 */
export function referencedFile(value: string): string | Uint8Array | undefined {
  const match = /^(fileb?):\/\/(.*)$/s.exec(value);
  if (!match) return undefined;
  const bytes = readPath(match[2]!, value);
  if (match[1] === 'fileb') return bytes;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw usageError(
      `Unable to load paramfile (${value}), text contents could not be decoded. If this is a binary file, please use the fileb:// prefix instead of the file:// prefix.`,
    );
  }
}

/** The bytes of a file, as a streaming body's argument names it. `~` is the home directory. */
export function readPath(path: string, shown = path): Uint8Array {
  try {
    return readFileSync(path.replace(/^~(?=\/|$)/, homedir()));
  } catch (cause) {
    throw usageError(`Unable to load paramfile ${shown}: ${(cause as Error).message}`);
  }
}
