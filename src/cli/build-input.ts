import { isFields } from '../gateway/protocols/shapes.ts';
import type { Fields } from '../gateway/protocols/protocol.ts';
import type { Argument, TypedValue } from './arguments/argument.ts';
import { referencedFile } from './arguments/referenced-file.ts';
import { Failure, usageError } from './failure.ts';

/** Puts the input together out of flags, each read by its own rules. */
export function inputOf(typed: ReadonlyMap<Argument, TypedValue>): Fields {
  const input: Fields = {};
  for (const [argument, value] of typed) {
    try {
      argument.apply(input, value);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      throw usageError(`Error parsing parameter '--${argument.name}': ${error.message}`);
    }
  }
  return input;
}

/** The input that `--cli-input-json` gives, as text or as `file://`. Flags come before it. */
export function inputFromJson(text: string): Fields {
  const content = referencedFile(text) ?? text;
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(content as string).toString());
  } catch (cause) {
    throw usageError(
      `Error parsing parameter 'cli-input-json': Invalid JSON: ${(cause as Error).message}`,
    );
  }
  if (isFields(value)) return value;
  throw usageError("Error parsing parameter 'cli-input-json': it takes a JSON object");
}
