import * as errors from '../errors.ts';

const USUAL_SIZE = 20;

/** A part of a list that was asked for by page. */
export function page<T>(
  all: readonly T[],
  {
    MaxResults,
    NextToken,
  }: { readonly MaxResults?: number | undefined; readonly NextToken?: string | undefined },
): { readonly items: readonly T[]; readonly NextToken: string | undefined } {
  const from = NextToken === undefined ? 0 : placeOf(NextToken);
  const to = from + (MaxResults ?? USUAL_SIZE);
  return { items: all.slice(from, to), NextToken: to < all.length ? tokenOf(to) : undefined };
}

const tokenOf = (place: number): string => Buffer.from(`place:${place}`).toString('base64');

/** @throws InvalidRequestException for a token that no page gave */
function placeOf(token: string): number {
  const [, place] = /^place:(\d+)$/.exec(Buffer.from(token, 'base64').toString()) ?? [];
  if (place === undefined) throw errors.invalidRequest('Invalid NextToken');
  return Number(place);
}
