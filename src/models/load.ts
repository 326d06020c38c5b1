import { readFileSync } from 'node:fs';
import { packageRoot } from '../package-root.ts';
import type { ServiceDocs } from './docs.ts';
import type { ServiceHeader, ServiceModel } from './model.ts';
import type { Paginator } from './paginator.ts';
import type { ResourceSchema } from './resource-schema.ts';
import type { Waiter } from './waiter.ts';

/** The generated JSON stands in `src` for the sources and for the build, which copies nothing. */
const generated = new URL('src/models/generated/', packageRoot);

const models = new Map<string, ServiceModel>();
const resourceTypes = new Map<string, Readonly<Record<string, ResourceSchema>>>();
let typeNames: Readonly<Record<string, readonly string[]>> | undefined;
let namespaces: readonly string[] | undefined;
let headers: readonly ServiceHeader[] | undefined;

/**
 * The model of a service, read on first use and kept.
 * @param service a name of `serviceNames()`
 * @throws for any other name: the caller resolves names first
 */
export function loadModel(service: string): ServiceModel {
  let model = models.get(service);
  if (!model) {
    if (!serviceNames().includes(service))
      throw new Error(`no model of a service named ${service}`);
    model = readGenerated(`${service}.json`) as ServiceModel;
    models.set(service, model);
  }
  return model;
}

/** What tells the services apart on the wire, for finding whose a request is without their models. */
export function serviceHeaders(): readonly ServiceHeader[] {
  return (headers ??= readGenerated('index.json') as readonly ServiceHeader[]);
}

/** The names of all modelled services, as the AWS CLI writes them, sorted. */
export function serviceNames(): readonly string[] {
  return serviceHeaders().map(({ service }) => service);
}

/** A service's paginators by operation, e.g. `DescribeInstances`. */
export function loadPaginators(service: string): Readonly<Record<string, Paginator>> {
  return readGenerated(`paginators/${service}.json`) as Record<string, Paginator>;
}

/** A service's waiters by name, e.g. `InstanceRunning`. */
export function loadWaiters(service: string): Readonly<Record<string, Waiter>> {
  return readGenerated(`waiters/${service}.json`) as Record<string, Waiter>;
}

/** AWS's words on a service's operations and members. */
export function loadDocs(service: string): ServiceDocs {
  return readGenerated(`docs/${service}.json`) as ServiceDocs;
}

/** The names of all modelled operations by service, without loading the models. */
export function operationNames(): Readonly<Record<string, readonly string[]>> {
  return readGenerated('operations.json') as Record<string, readonly string[]>;
}

/** The names of all resource types that AWS has, by namespace: `DynamoDB` holds `Table`. */
export function resourceTypeNames(): Readonly<Record<string, readonly string[]>> {
  return (typeNames ??= readGenerated('resource-types/names.json') as Record<string, string[]>);
}

/**
 * The schemas of a namespace's resource types by full name, read on first use and kept.
 * @param namespace e.g. `DynamoDB`
 * @returns undefined where the namespace's service is not modelled
 */
export function loadResourceTypes(
  namespace: string,
): Readonly<Record<string, ResourceSchema>> | undefined {
  let types = resourceTypes.get(namespace);
  if (!types && modelledNamespaces().includes(namespace)) {
    types = readGenerated(`resource-types/${namespace}.json`) as Record<string, ResourceSchema>;
    resourceTypes.set(namespace, types);
  }
  return types;
}

/** The namespaces whose resource types have schemas here, sorted. */
export function modelledNamespaces(): readonly string[] {
  return (namespaces ??= readGenerated('resource-types/namespaces.json') as string[]);
}

function readGenerated(path: string): unknown {
  return JSON.parse(readFileSync(new URL(path, generated), 'utf8'));
}
