import type { OperationRef } from '../models/ref.ts';
import { notImplemented } from './aws-error.ts';
import type { Caller } from './caller.ts';
import type { AnyOperation, Permission, Realization, Scope } from './operation.ts';
import type { AnyResourceType } from './resource-type.ts';
import type { AnyService, Controller, Platform } from './service.ts';
import type { WireJson } from './wire-json.ts';
import type { Workflow } from '../workflows/workflows.ts';

type Authorize = (caller: Caller, permissions: readonly Permission[]) => Promise<void> | void;

/** An operation that is built, with what its handler is given. */
interface Built {
  readonly operation: AnyOperation<Scope>;
  readonly scope: object;
  /** What the caller must be allowed where the operation does not say. */
  readonly usual: Permission;
  readonly authorize: Authorize;
}

/** One operation being served to one caller. */
export class Serving {
  /** How real the answer says it is, once it is there. */
  realization: Realization;
  /** How it was served, step by step, where somebody asked. */
  readonly steps: object[] | undefined;
  readonly #built: Built;
  readonly #scope: Scope;

  constructor(built: Built, caller: Caller, requestId: string, explains: boolean) {
    this.#built = built;
    const realize = (as: Realization): void => void (this.realization = as);
    // What is spread comes last: V8 takes ten times as long for members behind it.
    this.#scope = { caller, requestId, realize, ...built.scope };
    const { recorded } = built.operation;
    const isRecorded = typeof recorded === 'function' ? recorded(this.#scope) : recorded;
    this.realization = isRecorded ? 'recorded' : 'real';
    if (!explains) return;
    const steps: object[] = (this.steps = []);
    this.#scope = { ...this.#scope, explain: (step) => void steps.push(step) };
  }

  /** Whether input and output are JSON as it stands on the wire: `OperationDefinition.wire`. */
  get wire(): boolean {
    return this.#built.operation.wire === true;
  }

  /** Step 4: refuses what the caller's policies do not allow. */
  authorize(input: unknown): Promise<void> | void {
    const { operation, usual, authorize } = this.#built;
    const wanted = operation.authorize?.(input, this.#scope) ?? usual;
    return authorize(this.#scope.caller, Array.isArray(wanted) ? wanted : [wanted]);
  }

  /** Step 5: the operation's own file. */
  async handle(input: unknown): Promise<Record<string, unknown> | WireJson> {
    return (await this.#built.operation.handle(input, this.#scope)) ?? {};
  }
}

/** Everything that is built, by service and operation: where steps 4 and 5 of a request happen. */
export class Registry {
  readonly #built = new Map<string, Built>();
  readonly #resourceTypes = new Map<string, AnyResourceType>();
  readonly workflows: Workflow<unknown>[] = [];
  readonly controllers: Controller[] = [];

  constructor(services: readonly AnyService[], platform: Platform, authorize: Authorize) {
    for (const service of services) {
      const { scope, workflows = [], controllers = [] } = service.create(platform);
      this.workflows.push(...workflows);
      this.controllers.push(...controllers);
      for (const type of service.resourceTypes ?? []) this.#addType(type);
      const prefix = service.actionPrefix ?? service.name;
      for (const operation of service.operations) {
        const usual = { action: `${prefix}:${operation.ref.name}`, resource: '*' };
        this.#add(service, { operation, scope, usual, authorize });
      }
    }
  }

  /** Everything that is built, for the coverage page. */
  built(): AnyOperation<Scope>[] {
    return Array.from(this.#built.values(), ({ operation }) => operation);
  }

  resourceType(name: string): AnyResourceType | undefined {
    return this.#resourceTypes.get(name);
  }

  /** The names of all resource types that are built, sorted. */
  resourceTypeNames(): readonly string[] {
    return [...this.#resourceTypes.keys()].toSorted();
  }

  /**
   * Prepares to serve an operation.
   * @throws AwsError `NotImplemented` for one that is not built
   */
  serve(
    { service, name }: OperationRef<never, unknown>,
    caller: Caller,
    requestId: string,
    explains = false,
  ): Serving {
    const built = this.#built.get(`${service}:${name}`);
    if (!built) throw notImplemented(service, name);
    return new Serving(built, caller, requestId, explains);
  }

  #add(service: AnyService, built: Built): void {
    const { ref } = built.operation;
    const id = `${ref.service}:${ref.name}`;
    if (ref.service !== service.name) {
      throw new Error(`${service.name} lists ${id}, another service's operation`);
    }
    if (this.#built.has(id)) throw new Error(`${id} is listed twice`);
    this.#built.set(id, built);
  }

  #addType(type: AnyResourceType): void {
    if (this.#resourceTypes.has(type.name)) throw new Error(`${type.name} is listed twice`);
    this.#resourceTypes.set(type.name, type);
  }
}
