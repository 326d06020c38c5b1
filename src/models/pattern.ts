const compiled = new Map<string, RegExp>();

/**
 * A modelled pattern as a regular expression that must match the whole value, as AWS's services
 * match it. Patterns are written for Java, so some of their spelling has to be put into JavaScript's;
 * error texts still quote the pattern as modelled.
 */
export function patternOf(pattern: string): RegExp {
  let regExp = compiled.get(pattern);
  if (!regExp) {
    const ignoresCase = pattern.startsWith('(?i)');
    const source = fromJava(ignoresCase ? pattern.slice('(?i)'.length) : pattern);
    regExp = new RegExp(`^(?:${source})$`, ignoresCase ? 'iu' : 'u');
    compiled.set(pattern, regExp);
  }
  return regExp;
}

/** Java's names of character classes that JavaScript does not have, as ranges. */
const ranges: Readonly<Record<string, string>> = {
  '\\p{ASCII}': '\\x00-\\x7F',
  '\\p{Print}': '\\x20-\\x7E',
};

/** An escape (`\p{L}`, `\-`, `\w`) or any other character. */
const token = /\\p\{\w+\}|\\[^]|[^]/gu;

function fromJava(pattern: string): string {
  let inClass = false;
  let previous = '';
  return pattern.replace(token, (text, offset: number) => {
    const before = previous;
    previous = text;
    if (text === '[' || text === ']') inClass = text === '[';
    if (text in ranges) return inClass ? ranges[text]! : `[${ranges[text]}]`;
    // JavaScript takes a hyphen beside a class like \w for the start of a range.
    if (text === '-' && inClass && /^\\[wWdDsSp]/.test(before)) return '\\-';
    const next = pattern.slice(offset + 1);
    if (text === '-' && inClass && /^\\[wWdDsSp]/.test(next)) return '\\-';
    return isNeedlessEscape(text, inClass) ? text.slice(1) : text;
  });
}

/** JavaScript refuses a backslash before what needs none. */
function isNeedlessEscape(text: string, inClass: boolean): boolean {
  if (!/^\\[^\w]$/u.test(text) && text !== '\\_') return false;
  return !(inClass && text === '\\-') && !/[\^$\\.*+?()[\]{}|/]/.test(text.slice(1));
}
