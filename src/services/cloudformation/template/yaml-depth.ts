import { Parser } from 'yaml';
import type { CST, LineCounter } from 'yaml';

/**
 * Where lists and maps first stand deeper in one another than allowed. Asked before a document is
 * composed, which goes down by recursion; the parser and this do not.
 * @param lines is told of the lines that the text has
 * @returns an offset in characters; undefined where the nesting is within the limit
 */
export function offsetTooDeep(
  text: string,
  deepest: number,
  lines: LineCounter,
): number | undefined {
  const waiting = [...new Parser(lines.addNewLine).parse(text)].map((token) => ({
    token,
    depth: 0,
  }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { token, depth } = next;
    if (depth > deepest) return token.offset;
    for (const child of children(token)) waiting.push({ token: child, depth: depth + 1 });
  }
  return undefined;
}

function children(token: CST.Token): readonly CST.Token[] {
  if (token.type === 'document') return token.value === undefined ? [] : [token.value];
  if (!('items' in token)) return [];
  return token.items.flatMap(({ key, value }) => [key, value]).filter((child) => child != null);
}
