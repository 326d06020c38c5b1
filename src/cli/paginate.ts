import { search } from 'jmespath';
import type { Fields } from '../gateway/protocols/protocol.ts';
import type { Paginator } from '../models/paginator.ts';
import { Failure, usageError } from './failure.ts';
import { printable, type Printable } from './output/printable.ts';

/** What a command line asks of paging. */
export interface Paging {
  readonly maxItems?: number;
  /** Out of an earlier answer's `NextToken`. */
  readonly start?: ResumePoint;
}

/** Where a walk through pages goes on: input members, and how far into the page. */
export interface ResumePoint {
  readonly tokens: Fields;
  readonly skip: number;
}

/** One page: what is gathered of it, and where to go on if this is the last one wanted. */
export interface Page {
  readonly fields: { [key: string]: Printable };
  readonly resumeToken?: string;
}

const skipKey = 'boto_truncate_amount';

/** Reads a `--starting-token`, which is the AWS CLI's: base64 of JSON. */
export function parseStartingToken(text: string): ResumePoint {
  try {
    const token = JSON.parse(Buffer.from(text, 'base64').toString()) as Fields;
    const { [skipKey]: skip, ...named } = token;
    const tokens = Object.fromEntries(Object.entries(named).filter(([, value]) => value !== null));
    return { tokens, skip: typeof skip === 'number' ? skip : 0 };
  } catch {
    throw usageError(`Bad starting token: ${text}`);
  }
}

/**
 * Walks through an operation's pages until there are no more, or until enough items were seen.
 *
 * @param ask calls the operation with further input members
 */
export async function* pages(
  paginator: Paginator,
  ask: (tokens: Fields) => Promise<Fields>,
  { maxItems = Infinity, start }: Paging,
): AsyncGenerator<Page> {
  let tokens = start?.tokens ?? {};
  let skip = start?.skip ?? 0;
  let wanted = maxItems;
  let isFirst = true;
  for (;;) {
    const output = await ask(tokens);
    const fields = gather(paginator, output, isFirst);
    const items = skipItems(paginator, fields, skip, start !== undefined && isFirst);
    if (items > wanted) {
      truncate(paginator, fields, wanted);
      yield { fields, resumeToken: encodeToken(paginator, tokens, skip + wanted) };
      return;
    }
    const next = nextTokens(paginator, output);
    if (next && items === wanted) {
      yield { fields, resumeToken: encodeToken(paginator, next, 0) };
      return;
    }
    yield { fields };
    if (!next) return;
    if (JSON.stringify(next) === JSON.stringify(tokens)) {
      throw new Failure(
        `Error during pagination: The same next token was received twice: ${JSON.stringify(next)}`,
      );
    }
    tokens = next;
    wanted -= items;
    skip = 0;
    isFirst = false;
  }
}

/** All pages as one answer: lists joined, numbers added up. */
export async function merged(all: AsyncIterable<Page>, paginator: Paginator): Promise<Printable> {
  const result: { [key: string]: Printable } = {};
  let first: Page | undefined;
  let resumeToken: string | undefined;
  for await (const page of all) {
    first ??= page;
    resumeToken = page.resumeToken;
    for (const path of paginator.resultKeys) {
      const value = find(page.fields, path);
      if (value === null) continue;
      const before = find(result, path);
      place(result, path, before === null ? value : joined(before, value));
    }
  }
  for (const path of paginator.nonAggregateKeys ?? []) {
    if (first) place(result, path, find(first.fields, path));
  }
  if (resumeToken !== undefined) result['NextToken'] = resumeToken;
  return result;
}

/** What a page shows: the keys that are gathered and, of the first one, those that are kept. */
function gather(paginator: Paginator, output: Fields, isFirst: boolean): Page['fields'] {
  const fields: Page['fields'] = {};
  const shown = printable(output) as Page['fields'];
  const kept = isFirst ? (paginator.nonAggregateKeys ?? []) : [];
  for (const path of [...kept, ...paginator.resultKeys]) {
    place(fields, path, find(shown, path));
  }
  return fields;
}

/** Leaves out what an earlier command has shown; gives the number of items left. */
function skipItems(
  { resultKeys }: Paginator,
  fields: Page['fields'],
  skip: number,
  isResumed: boolean,
): number {
  const [primary, ...secondary] = resultKeys;
  const value = primary === undefined ? null : find(fields, primary);
  const items = Array.isArray(value) ? value.slice(skip) : value;
  if (skip > 0 && primary !== undefined) place(fields, primary, items);
  if (isResumed) {
    for (const path of secondary) if (Array.isArray(find(fields, path))) place(fields, path, []);
  }
  return Array.isArray(items) ? items.length : 0;
}

function truncate({ resultKeys }: Paginator, fields: Page['fields'], count: number): void {
  const [primary] = resultKeys;
  if (primary === undefined) return;
  const items = find(fields, primary);
  if (Array.isArray(items)) place(fields, primary, items.slice(0, count));
}

/** The input members for the next page; undefined where there is none. */
function nextTokens(paginator: Paginator, output: Fields): Fields | undefined {
  if (paginator.moreResults !== undefined && !search(output, paginator.moreResults)) {
    return undefined;
  }
  const tokens: Fields = {};
  for (const [i, name] of paginator.inputTokens.entries()) {
    const path = paginator.outputTokens[i];
    const token: unknown = path === undefined ? undefined : search(output, path);
    if (token !== null && token !== undefined && token !== '') tokens[name] = token;
  }
  return Object.keys(tokens).length === 0 ? undefined : tokens;
}

function encodeToken({ inputTokens }: Paginator, tokens: Fields, skip: number): string {
  const named = Object.fromEntries(
    inputTokens.map((name) => [name, printable(tokens[name] ?? null)]),
  );
  const json = spacedJson(skip === 0 ? named : { ...named, [skipKey]: skip });
  return Buffer.from(json).toString('base64');
}

/** JSON on one line with a space behind commas and colons, as Python writes it. */
function spacedJson(value: Printable): string {
  return JSON.stringify(value, null, 1)
    .replaceAll(/(?<=[{[])\n */g, '')
    .replaceAll(/\n *(?=[}\]])/g, '')
    .replaceAll(/\n */g, ' ');
}

function joined(before: Printable, value: Printable): Printable {
  if (Array.isArray(before) && Array.isArray(value)) return [...before, ...value];
  if (typeof before === 'number' && typeof value === 'number') return before + value;
  if (typeof before === 'string' && typeof value === 'string') return before + value;
  return value;
}

function find(fields: Page['fields'], path: string): Printable {
  return (search(fields, path) as Printable | undefined) ?? null;
}

/** Sets a value at a path such as `DistributionList.Items`. */
function place(fields: Page['fields'], path: string, value: Printable): void {
  const names = path.split('.');
  const last = names.pop()!;
  let target = fields;
  for (const name of names) target = (target[name] ??= {}) as Page['fields'];
  target[last] = value;
}
