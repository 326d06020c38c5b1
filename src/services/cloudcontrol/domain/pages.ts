import * as errors from '../errors.ts';

const MOST = 100;

/** Some of what there is, from where the last page ended. */
export function pageOf<T>(
  all: readonly T[],
  {
    MaxResults = MOST,
    NextToken,
  }: {
    readonly MaxResults?: number | undefined;
    readonly NextToken?: string | undefined;
  },
  nameOf: (item: T) => string,
): { readonly page: readonly T[]; readonly NextToken?: string } {
  const after = NextToken === undefined ? undefined : nameIn(NextToken);
  const from = after === undefined ? 0 : all.findIndex((item) => nameOf(item) === after) + 1;
  if (after !== undefined && from === 0) throw errors.invalidNextToken();
  const page = all.slice(from, from + MaxResults);
  const last = page.at(-1);
  if (last === undefined || from + page.length === all.length) return { page };
  return { page, NextToken: Buffer.from(`after ${nameOf(last)}`).toString('base64') };
}

function nameIn(token: string): string {
  const text = Buffer.from(token, 'base64').toString();
  if (!text.startsWith('after ')) throw errors.invalidNextToken();
  return text.slice('after '.length);
}
