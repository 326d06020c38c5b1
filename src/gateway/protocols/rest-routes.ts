import type { OperationModel, ServiceModel } from '../../models/model.ts';
import type { HttpRequest } from '../http/message.ts';
import { parseForm } from './query-tree.ts';
import { membersOf, structureOf } from './shapes.ts';

/** An operation's place in the URI space of its service. */
export interface Route {
  readonly name: string;
  readonly operation: OperationModel;
  readonly method: string;
  readonly segments: readonly Segment[];
  /** Query parameters in the URI itself, e.g. `uploads` or `list-type=2`. */
  readonly literals: readonly (readonly [string, string])[];
  readonly requiredQuery: readonly string[];
  readonly requiredHeaders: readonly string[];
}

export interface Segment {
  /** Of a label: the member's name. Else the text itself. */
  readonly text: string;
  readonly kind: 'literal' | 'label' | 'greedy';
}

/** Finds the operation that a REST request is for; undefined where no path and method match. */
export function findRoute(model: ServiceModel, request: HttpRequest): Route | undefined {
  const path = segmentsOf(request.path);
  const query = new Map(parseForm(request.query));
  const fitting = routesOf(model).filter(
    ({ method, segments, literals }) =>
      method === request.method &&
      matches(segments, path) &&
      literals.every(([name, value]) => hasLiteral(query, name, value)),
  );
  return best(
    best(
      best(fitting, ({ segments }) => literalSegments(segments)),
      ({ literals }) => literals.filter(([name]) => name !== 'x-id').length,
    ),
    (route) => fitOfRequired(route, query, request) + (namesOperation(route, query) ? 0.5 : 0),
  )[0];
}

const routesByModel = new WeakMap<ServiceModel, readonly Route[]>();

function routesOf(model: ServiceModel): readonly Route[] {
  let routes = routesByModel.get(model);
  if (!routes) {
    routes = Object.entries(model.operations).flatMap(([name, operation]) =>
      operation.http ? [routeOf(model, name, operation, operation.http)] : [],
    );
    routesByModel.set(model, routes);
  }
  return routes;
}

function routeOf(
  model: ServiceModel,
  name: string,
  operation: OperationModel,
  { method, uri }: { method: string; uri: string },
): Route {
  const [path = '', literals = ''] = uri.split('?');
  const input = structureOf(model, operation.input);
  const required = membersOf(input).filter(([key]) => input.required?.includes(key));
  const requiredAt = (location: string): string[] =>
    required.flatMap(([key, member]) => (member.location === location ? [member.name ?? key] : []));
  return {
    name,
    operation,
    method,
    segments: segmentsOf(path).map(segment),
    literals: parseForm(literals),
    requiredQuery: requiredAt('query'),
    requiredHeaders: requiredAt('header').map((header) => header.toLowerCase()),
  };
}

/** What stands between the slashes. A slash at the end belongs to the last segment of a key. */
export function segmentsOf(path: string): string[] {
  const text = path.replace(/^\//, '');
  return text === '' ? [] : text.split('/');
}

function segment(text: string): Segment {
  const label = /^\{([^+}]+)(\+?)\}$/.exec(text);
  if (!label) return { text, kind: 'literal' };
  return { text: label[1]!, kind: label[2] ? 'greedy' : 'label' };
}

function matches(segments: readonly Segment[], path: readonly string[]): boolean {
  const length = path.at(-1) === '' ? path.length - 1 : path.length;
  for (const [i, { kind, text }] of segments.entries()) {
    const part = path[i];
    if (part === undefined || part === '') return kind === 'greedy' && path.length > i + 1;
    if (kind === 'greedy') return greedyEnd(segments, i, path);
    if (kind === 'literal' && part !== text) return false;
  }
  return segments.length === length;
}

/** A greedy label takes all but what the segments after it need. */
function greedyEnd(segments: readonly Segment[], at: number, path: readonly string[]): boolean {
  const after = segments.slice(at + 1);
  return (
    path.length - at > after.length &&
    after.every(({ kind, text }, i) => {
      const part = path[path.length - after.length + i];
      return kind === 'literal' ? part === text : Boolean(part);
    })
  );
}

/** `x-id` is there for SDKs' sake; other clients leave it out. */
function hasLiteral(query: ReadonlyMap<string, string>, name: string, value: string): boolean {
  if (name === 'x-id') return true;
  return query.has(name) && (value === '' || query.get(name) === value);
}

function namesOperation({ literals }: Route, query: ReadonlyMap<string, string>): boolean {
  return literals.some(([name, value]) => name === 'x-id' && query.get(name) === value);
}

function literalSegments(segments: readonly Segment[]): number {
  return segments.reduce(
    (sum, { kind }) => sum + (kind === 'literal' ? 1 : 0) - (kind === 'greedy' ? 0.5 : 0),
    0,
  );
}

/** How many required parameters are there; negative where some are missing. */
function fitOfRequired(
  { requiredQuery, requiredHeaders }: Route,
  query: ReadonlyMap<string, string>,
  { headers }: HttpRequest,
): number {
  const missing =
    requiredQuery.filter((name) => !query.has(name)).length +
    requiredHeaders.filter((name) => headers[name] === undefined).length;
  return missing > 0 ? -missing : requiredQuery.length + requiredHeaders.length;
}

function best(routes: readonly Route[], score: (route: Route) => number): readonly Route[] {
  if (routes.length < 2) return routes;
  const scores = routes.map(score);
  const top = Math.max(...scores);
  return routes.filter((_, i) => scores[i] === top);
}
