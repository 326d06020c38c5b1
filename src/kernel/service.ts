import type { Compute } from '../compute/compute.ts';
import type { OperationRef } from '../models/ref.ts';
import type { SessionCredentials } from '../identity/session-credentials.ts';
import type { Engine } from '../storage/engine.ts';
import type { Workflows, Workflow } from '../workflows/workflows.ts';
import type { Caller } from './caller.ts';
import type { Clock } from './clock.ts';
import type { Ids } from './ids.ts';
import type { AnyOperation, Scope } from './operation.ts';
import type { AnyResourceType } from './resource-type.ts';
import type { Log } from './log.ts';

/** What the composition root hands to every service. */
export interface Platform {
  readonly store: Engine;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly workflows: Workflows;
  readonly compute: Compute;
  readonly sessions: SessionCredentials;
  readonly log: Log;
  /** Whether the throughput that resources were given is enforced. */
  readonly throttle: boolean;
  /** The account that loopback clients belong to, and the region where none is named. */
  readonly defaults: { readonly account: string; readonly region: string };
  /** Calls another service's public operation as `caller`, entering at the authorization step. */
  invoke<Input, Output>(
    caller: Caller,
    operation: OperationRef<Input, Output>,
    input: Input,
  ): Promise<Output>;
  /** A resource type that is built here, whichever service it is of. */
  resourceType(name: string): AnyResourceType | undefined;
  /** The names of all that are built, sorted. */
  resourceTypeNames(): readonly string[];
}

/** A level-triggered loop that brings what is in line with what is wanted. */
export interface Controller {
  readonly name: string;
  /** Runs at start and may subscribe to changes; returns what stops it. */
  start(): Promise<() => Promise<void>>;
}

/** A service at work: the parts that were built for one cloud. */
export interface ServiceInstance<S extends Scope> {
  /** What a handler's scope holds beside `Scope`. */
  readonly scope: Omit<S, keyof Scope>;
  readonly workflows?: readonly Workflow<unknown>[];
  readonly controllers?: readonly Controller[];
}

export interface Service<S extends Scope = Scope> {
  /** Folder name and model name. */
  readonly name: string;
  /** IAM's action prefix where it is not the name. */
  readonly actionPrefix?: string;
  readonly operations: readonly AnyOperation<S>[];
  readonly resourceTypes?: readonly AnyResourceType[];
  /** Builds the service's parts for one cloud; called once, before the first request. */
  create(platform: Platform): ServiceInstance<S>;
}

/** A service with its scope type forgotten, as the list of services holds it. */
// oxlint-disable-next-line typescript/no-explicit-any -- a service's scope is known to itself only
export type AnyService = Service<any>;

/** A service's table of contents. */
export function service<S extends Scope>(definition: Service<S>): Service<S> {
  return definition;
}
