import { validation } from '../errors.ts';

/** A page of a list, and what asks for the next one. */
export interface Page<T> {
  readonly items: T[];
  readonly NextToken?: string;
}

/** The page that a token asks for: the number of the first entry. */
export function page<T>(all: readonly T[], token: string | undefined, size: number): Page<T> {
  const from = tokenNumber(token) ?? 0;
  const items = all.slice(from, from + size);
  return from + size < all.length ? { items, NextToken: String(from + size) } : { items };
}

/** @throws ValidationError for a token that none of our answers holds */
export function tokenNumber(token: string | undefined): number | undefined {
  if (token === undefined) return undefined;
  if (!/^\d{1,9}$/.test(token)) throw validation('The specified NextToken is invalid.');
  return Number(token);
}
