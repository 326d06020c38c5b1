import type { RequestHead } from './http/message.ts';

const HEADER = 'x-alacarte-explain';
/** Clients take heads of 16 KiB and more; other headers need room as well. */
const MAX_LENGTH = 8_000;

/** Whether a client asks how its request is served. */
export function wantsExplanation({ headers }: RequestHead): boolean {
  return headers[HEADER] === 'true';
}

/** The answer's header: a JSON list of steps; of too many the last are left out, and counted. */
export function explanation(steps: readonly object[]): Readonly<Record<string, string>> {
  const texts: string[] = [];
  let length = 0;
  for (const step of steps) {
    const text = asciiJson(step);
    length += text.length + 1;
    if (length > MAX_LENGTH) break;
    texts.push(text);
  }
  const omitted = steps.length - texts.length;
  if (omitted > 0) texts.push(asciiJson({ omitted }));
  return { [HEADER]: `[${texts.join(',')}]` };
}

function asciiJson(value: object): string {
  return JSON.stringify(value).replaceAll(
    /[^\x20-\x7e]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
