import type { ResourceModels } from '../models/generated/resource-types.ts';
import type { OperationRef } from '../models/ref.ts';
import type { Caller } from './caller.ts';

/** A resource as its type's schema names it: properties, and once it is there its attributes as well. */
export type Properties = Readonly<Record<string, unknown>>;

/** What a resource type's functions are given beside the properties: on whose behalf they act, and how. */
export interface ResourceContext {
  readonly caller: Caller;
  /**
   * Names one change: every attempt at it has the same token, also after a crash, and no other
   * change has it. 36 characters at most; it serves as a `ClientToken`.
   */
  readonly token: string;
  /**
   * What to call a resource that its owner left unnamed, e.g. `shop-Orders-1A2B3C4D5E6F`: the same at
   * every attempt. Longer ones lose characters before the random part.
   * @param maxLength in characters
   */
  readonly generatedName: (maxLength: number) => string;
  /** Tags that whoever keeps the resource gives it beside its own: a stack's, and CloudFormation's. */
  readonly tags: Readonly<Record<string, string>>;
  /**
   * Whether a resource of the desired name can only be this creation's own: there was none, and an
   * earlier attempt had begun. Left out where tags say whose it is.
   */
  readonly resumed?: boolean;
  /** Aborted when the server stops: what is under way is taken up again at the next start. */
  readonly signal: AbortSignal;
  /** Calls a public operation as the caller. */
  readonly invoke: <Input, Output>(
    operation: OperationRef<Input, Output>,
    input: Input,
  ) => Promise<Output>;
  /** Resolves once `reached` has answered true; asks again every little while. */
  readonly until: (reached: () => Promise<boolean>) => Promise<void>;
}

/**
 * How one kind of resource is made, read, changed and unmade, by calling public operations as the
 * caller: written once, for CloudFormation and Cloud Control alike. Properties are conformed to the
 * type's schema before they come here: none is missing, unknown or mistyped. Refusals pass through
 * as the operations throw them.
 *
 * Any of these may be cut off by a crash and called again with the same token.
 *
 * @typeParam P the type's properties and attributes
 */
export interface ResourceTypeDefinition<P extends object> {
  /**
   * The properties that are acted upon. A template that sets another one of the schema is refused:
   * nothing is dropped in silence.
   */
  readonly properties: readonly (keyof P & string)[];
  /** Begins to make it; resolves with its primary identifier as soon as that is known. */
  create(desired: P, context: ResourceContext): Promise<string>;
  /** Resolves once a creation or an update has come to its end; throws where it failed. */
  stabilize?(identifier: string, context: ResourceContext): Promise<void>;
  /** All properties and attributes as they are now; undefined where there is no such resource. */
  read(identifier: string, context: ResourceContext): Promise<P | undefined>;
  /**
   * Changes it in place. Left out where every change of a property replaces the resource.
   * @param previous the properties that it was last given
   */
  update?(identifier: string, desired: P, previous: P, context: ResourceContext): Promise<void>;
  /** Whether a change replaces the resource, asked of properties where the schema says "maybe"; no if left out. */
  replaces?(property: keyof P & string, desired: P, previous: P): boolean;
  /** Resolves once it is gone; one that was gone before is gone as well. */
  delete(identifier: string, context: ResourceContext): Promise<void>;
  /** The primary identifiers of all that the caller's account has in the region. */
  list(context: ResourceContext): Promise<readonly string[]>;
}

export interface ResourceType<P extends object> extends ResourceTypeDefinition<P> {
  /** e.g. `AWS::DynamoDB::Table` */
  readonly name: string;
}

/** A resource type with its properties' type forgotten. */
// oxlint-disable-next-line typescript/no-explicit-any -- properties are contravariant; the schema keeps them honest
export type AnyResourceType = ResourceType<any>;

/**
 * Ties a definition to a type that AWS's resource specification knows.
 *
 * @param name one that AWS's resource specification knows, with its properties' and attributes' types
 * @example
 * export const table = resourceType('AWS::DynamoDB::Table', {
 *   properties: ['TableName', 'KeySchema', …],
 *   async create(desired, { invoke, generatedName }) { … },
 *   …
 * });
 */
export function resourceType<Name extends keyof ResourceModels>(
  name: Name,
  definition: ResourceTypeDefinition<ResourceModels[Name]>,
): ResourceType<ResourceModels[Name]> {
  return { name, ...definition };
}
