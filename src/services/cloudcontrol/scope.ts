import type { Scope } from '../../kernel/operation.ts';
import type { ResourceContext } from '../../kernel/resource-type.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { ResourceOrder, ResourceRequest } from './domain/resource-request.ts';
import type { Requests } from './domain/requests.ts';
import type { ResourceTypes } from './domain/resource-types.ts';

/** A client's request for a change. */
export interface Wanted {
  readonly type: string;
  readonly order: ResourceOrder;
  readonly clientToken: string | undefined;
  /** What the client sent, which a repeated token must come with again. */
  readonly asked: unknown;
}

/** The parts of Cloud Control in one cloud. */
export interface CloudControl {
  readonly types: ResourceTypes;
  readonly requests: Requests;
  /** Records a request and sets about it. */
  readonly place: (caller: Caller, wanted: Wanted) => Promise<ResourceRequest>;
  /** How a type is called that is only read. */
  readonly reading: (caller: Caller, type: string) => ResourceContext;
}

/** What Cloud Control's handlers are given. */
export interface CloudControlScope extends Scope, CloudControl {}
