import { createContext, Script, type Context } from 'node:vm';

/**
 * Whether the whole text matches a modelled pattern. The models' patterns are Java's; one that
 * cannot be told in JavaScript is not checked. A few can backtrack without end (EventBridge's
 * header values): those, and all long texts, are matched under a time limit, and a text that
 * exceeds it does not match.
 */
export function matchesPattern(pattern: string, text: string): boolean {
  const compiled = compile(pattern);
  if (!compiled) return true;
  return quantifiedGroup.test(pattern) || text.length > shortLength
    ? matchesInTime(compiled, text)
    : compiled.test(text);
}

const quantifiedGroup = /\)[*+{]/;
const shortLength = 256;
const limitMs = 50;

const compiledPatterns = new Map<string, RegExp | undefined>();

function compile(pattern: string): RegExp | undefined {
  if (!compiledPatterns.has(pattern)) compiledPatterns.set(pattern, translate(pattern));
  return compiledPatterns.get(pattern);
}

/** Java allows to escape what needs none, which JavaScript's Unicode mode does not. */
function translate(pattern: string): RegExp | undefined {
  const [, flag = '', rest = ''] = /^(?:\(\?([is])\))?([^]*)$/.exec(pattern) ?? [];
  const whole = `^(?:${rest.replaceAll(String.raw`\p{Print}`, String.raw`[\x20-\x7E]`)})$`;
  return compileWith(whole, `u${flag}`) ?? compileWith(whole, flag);
}

function compileWith(source: string, flags: string): RegExp | undefined {
  try {
    return new RegExp(source, flags);
  } catch {
    return undefined;
  }
}

/** Node has no time limit on a regular expression but the one on a script. */
function matchesInTime(pattern: RegExp, text: string): boolean {
  context ??= createContext(Object.create(null) as Context);
  context['pattern'] = pattern;
  context['text'] = text;
  try {
    return script.runInContext(context, { timeout: limitMs }) as boolean;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return false;
    throw error;
  }
}

const script = new Script('pattern.test(text)');
let context: Context | undefined;
