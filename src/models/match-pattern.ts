import { createContext, Script, type Context } from 'node:vm';
import { patternOf } from './pattern.ts';

/**
 * Whether the whole text matches a modelled pattern. A few patterns can backtrack without end
 * (EventBridge's header values): those, and all long texts, are matched under a time limit, and a
 * text that exceeds it does not match.
 */
export function matchesPattern(pattern: string, text: string): boolean {
  const compiled = patternOf(pattern);
  return quantifiedGroup.test(pattern) || text.length > shortLength
    ? matchesInTime(compiled, text)
    : compiled.test(text);
}

const quantifiedGroup = /\)[*+{]/;
const shortLength = 256;
/** Of the host's time: generous, as a busy host may not come to it for a while. */
const limitMs = 250;

/** Node has no time limit on a regular expression but the one on a script. */
function matchesInTime(pattern: RegExp, text: string): boolean {
  context ??= warmContext();
  context['pattern'] = pattern;
  context['text'] = text;
  try {
    return script.runInContext(context, { timeout: limitMs }) as boolean;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return false;
    throw error;
  }
}

/** The first run takes as long as many later ones, and is no sign of a slow pattern. */
function warmContext(): Context {
  const fresh = createContext({ __proto__: null, pattern: /^/, text: '' });
  script.runInContext(fresh);
  return fresh;
}

const script = new Script('pattern.test(text)');
let context: Context | undefined;
