/** The items of a header that holds a list: `a, "b,c"`. Dates have a comma of their own inside. */
export function httpList(text: string, isDates: boolean): string[] {
  if (isDates) return text.match(/[^,]+,[^,]+/g)?.map((date) => date.trim()) ?? [];
  const items: string[] = [];
  for (const [, quoted, plain] of text.matchAll(/\s*(?:"((?:[^"\\]|\\.)*)"|([^,]*))\s*(?:,|$)/g)) {
    if (quoted !== undefined) items.push(quoted.replaceAll(/\\(.)/g, '$1'));
    else if (plain!.trim() !== '') items.push(plain!.trim());
  }
  return items;
}

/** The header of a list of texts; those with commas or quotes in them are quoted. */
export function formatHttpList(items: readonly string[]): string {
  return items
    .map((item) => (/[",]/.test(item) ? `"${item.replaceAll(/["\\]/g, String.raw`\$&`)}"` : item))
    .join(', ');
}

/**
 * A header's value as HTTP can carry it: what is no printable Latin-1 goes as RFC 2047 says, which
 * is what S3 does to metadata.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html
 */
export function headerText(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what must not get through
  if (!/[^\t\u0020-\u007e]/.test(text)) return text;
  return `=?UTF-8?B?${Buffer.from(text).toString('base64')}?=`;
}
