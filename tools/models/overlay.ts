import { readFile } from 'node:fs/promises';
import type { Shape } from '../../src/models/model.ts';
import type { Paginator } from '../../src/models/paginator.ts';
import type { Waiter } from '../../src/models/waiter.ts';

/** What the SDK's runtime schemas leave out, taken from botocore's model of the same service. */
export interface Overlay {
  /** First label of the service's host names. */
  readonly endpointPrefix: string;
  /** Number types, constrained strings and blobs, and lists and maps of such, by name. */
  readonly shapes: Readonly<Record<string, Shape>>;
  /** The shape of a structure's member, where `shapes` knows it. */
  readonly members: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly paginators: Readonly<Record<string, Paginator>>;
  readonly waiters: Readonly<Record<string, Waiter>>;
}

const directory = new URL('overlay/', import.meta.url);

export function overlayFile(service: string): URL {
  return new URL(`${service}.json`, directory);
}

export async function readOverlay(service: string): Promise<Overlay> {
  return JSON.parse(await readFile(overlayFile(service), 'utf8')) as Overlay;
}
