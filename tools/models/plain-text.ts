/**
 * AWS's HTML documentation as plain text, shortened at the end of a sentence.
 * @param limit characters; a first sentence longer than this stays whole
 */
export function plainText(html: string, limit: number): string {
  const text = html
    .replace(/<(script|style)[^>]*>.*?<\/\1>/gs, '')
    .replace(/<li>\s*/g, ' - ')
    .replace(/<[a-zA-Z/][^>]*>/g, (tag) => (isInline(tag) ? '' : ' '))
    .replace(/\{@link (\w+)\}/g, '$1')
    .replace(/&(\w+|#\d+);/g, (entity, name: string) => entities[name] ?? entity)
    .replace(/\s+/g, ' ')
    .replace(/ ([.,;:)])(?=\s|$)/g, '$1')
    .trim();
  return firstSentences(text, limit);
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** Tags that do not part words: code, emphasis and links. */
function isInline(tag: string): boolean {
  return /^<\/?(a|b|code|em|i|span|strong)\b/i.test(tag);
}

function firstSentences(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let end = 0;
  for (const { index } of text.matchAll(/(?<=[.!?:])(?<!e\.g\.|i\.e\.) (?=[A-Z"(-])/g)) {
    if (end > 0 && index > limit) break;
    end = index;
  }
  return (end > 0 ? text.slice(0, end) : text).replace(/:$/, '.');
}
