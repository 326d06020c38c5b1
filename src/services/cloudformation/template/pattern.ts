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
    if (isTimeout(error)) return false;
    throw error;
  }
}

/** The error comes from the pattern's own realm, so it is no instance of ours. */
function isTimeout(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
  );
}
