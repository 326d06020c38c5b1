import { Script } from 'node:vm';

const script = new Script('new RegExp(pattern).test(text)');

/** In milliseconds: patterns come from templates, and some go through every way to fail. */
const patience = 250;

/** Whether a regular expression matches all of a text. One that takes too long does not. */
export function matchesWhole(pattern: string, text: string): boolean {
  const sandbox = { pattern: `^(?:${pattern})$`, text };
  try {
    return script.runInNewContext(sandbox, { timeout: patience }) === true;
  } catch (error) {
    if (
      error instanceof Error &&
      'code' in error &&
      error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
    ) {
      return false;
    }
    throw error;
  }
}
