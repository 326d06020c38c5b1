import * as errors from '../errors.ts';
import type { ParameterRecord } from './parameter-record.ts';

interface Page {
  readonly records: readonly ParameterRecord[];
  readonly NextToken?: string;
}

/** The next of some parameters in the order of their names; the token holds the last one's name. */
export function pageOf(
  sorted: readonly ParameterRecord[],
  { NextToken, MaxResults }: { NextToken?: string | undefined; MaxResults?: number | undefined },
  most: number,
): Page {
  const after = NextToken ? decodeToken(NextToken) : '';
  const rest = sorted.filter(({ name }) => name > after);
  const records = rest.slice(0, Math.min(MaxResults ?? most, most));
  const last = records.at(-1)?.name;
  return { records, ...(last && records.length < rest.length && { NextToken: encodeToken(last) }) };
}

function encodeToken(name: string): string {
  return Buffer.from(`after ${name}`).toString('base64');
}

function decodeToken(token: string): string {
  const text = Buffer.from(token, 'base64').toString();
  if (!text.startsWith('after ')) throw errors.invalidNextToken();
  return text.slice('after '.length);
}
