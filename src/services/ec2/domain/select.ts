import type { Filter } from '@aws-sdk/client-ec2';
import * as errors from '../errors.ts';
import { matcher, type Filters } from './filters.ts';
import { checkIds, type ResourceKind } from './resource-kinds.ts';

/** What the Describe operations have in common in their requests. */
export interface Selection {
  readonly Filters?: readonly Filter[] | undefined;
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

export interface Selecting<T> {
  readonly id: (resource: T) => string | undefined;
  /** What the pages are ordered by, different for each resource; the ID if left out. */
  readonly order?: (resource: T) => string;
  readonly filters: Filters<T>;
  /** The request's list of IDs, with what AWS says of a wrong one. */
  readonly ids?: { readonly kind: ResourceKind; readonly given: readonly string[] | undefined };
  /** Resources that are hidden before filters and pages; naming one by ID is no error. */
  readonly only?: (resource: T) => boolean;
  /** Bounds of `MaxResults`; 5 to 1000 if left out. */
  readonly page?: { readonly min: number; readonly max: number };
}

export interface Selected<T> {
  readonly found: T[];
  readonly NextToken: string | undefined;
}

/**
 * The one way in which Describe operations choose: by ID, by filter, by page. All work on the
 * wire's shapes, so a filter reads what the caller sees.
 *
 * @throws the kind's `.Malformed` and `.NotFound`, InvalidParameterValue, InvalidParameterCombination, InvalidNextToken
 */
export function select<T extends object>(
  all: readonly T[],
  request: Selection,
  how: Selecting<T>,
): Selected<T> {
  const given = how.ids?.given?.length ? how.ids : undefined;
  if (given?.given && request.MaxResults !== undefined) {
    throw errors.combination(
      `The parameter ${given.kind.type}sSet cannot be used with the parameter maxResults`,
    );
  }
  const chosen = given?.given ? byId(all, given.given, given.kind, how.id) : all;
  const matches = matcher(request.Filters, how.filters);
  const shown = how.only ? chosen.filter(how.only) : chosen;
  return page(shown.filter(matches), request, how);
}

function byId<T>(
  all: readonly T[],
  ids: readonly string[],
  kind: ResourceKind,
  idOf: (resource: T) => string | undefined,
): T[] {
  checkIds(kind, ids);
  const wanted = new Set(ids);
  const found = all.filter((resource) => wanted.has(idOf(resource) ?? ''));
  for (const resource of found) wanted.delete(idOf(resource) ?? '');
  if (wanted.size > 0) throw kind.notFound([...wanted]);
  return found;
}

/**
 * One page in order. The token names the last resource that was given, so that
 * resources which come and go between two pages neither repeat nor hide others.
 */
function page<T>(all: readonly T[], request: Selection, how: Selecting<T>): Selected<T> {
  const { min, max } = how.page ?? { min: 5, max: 1000 };
  const limit = request.MaxResults;
  if (limit !== undefined && limit < min) {
    throw errors.invalidParameter(
      `Value ( ${limit} ) for parameter maxResults is invalid. Expecting a value greater than ${min}.`,
    );
  }
  const after = request.NextToken ? decodeToken(request.NextToken) : undefined;
  const order = how.order ?? ((resource: T) => how.id(resource) ?? '');
  const ordered = all
    .map((resource) => ({ resource, place: order(resource) }))
    .filter(({ place }) => after === undefined || place > after)
    .toSorted((a, b) => (a.place < b.place ? -1 : a.place > b.place ? 1 : 0));
  const given = ordered.slice(0, limit === undefined ? undefined : Math.min(limit, max));
  const last = given.at(-1);
  return {
    found: given.map(({ resource }) => resource),
    NextToken: last && given.length < ordered.length ? encodeToken(last.place) : undefined,
  };
}

const TOKEN_PREFIX = 'after:';

function encodeToken(id: string): string {
  return Buffer.from(TOKEN_PREFIX + id).toString('base64');
}

function decodeToken(token: string): string {
  const text = Buffer.from(token, 'base64').toString();
  if (!text.startsWith(TOKEN_PREFIX)) throw errors.invalidNextToken(token);
  return text.slice(TOKEN_PREFIX.length);
}
