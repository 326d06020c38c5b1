import type { OperationRef } from '../models/ref.ts';
import { notImplemented } from './aws-error.ts';
import type { Caller } from './caller.ts';
import type { AnyOperation, Permission, Realization, Scope } from './operation.ts';
import type { AnyService, Controller, Platform } from './service.ts';
import type { WireJson } from './wire-json.ts';
import type { Workflow } from '../workflows/workflows.ts';

/** An operation together with what its service's handlers are given. */
interface Entry {
  readonly operation: AnyOperation<Scope>;
  readonly scope: object;
  readonly actionPrefix: string;
}

/** One operation being served to one caller. */
export interface Serving {
  /** Step 4: refuses what the caller's policies do not allow. */
  authorize(input: unknown): Promise<void>;
  /** Step 5: the operation's own file. */
  handle(input: unknown): Promise<Record<string, unknown> | WireJson>;
  /** How real the answer says it is, once it is there. */
  readonly realization: Realization;
}

/** Everything that is built, by service and operation: where steps 4 and 5 of a request happen. */
export class Registry {
  readonly #entries = new Map<string, Entry>();
  readonly workflows: Workflow<unknown>[] = [];
  readonly controllers: Controller[] = [];
  readonly #authorize: (caller: Caller, permissions: readonly Permission[]) => Promise<void>;

  constructor(
    services: readonly AnyService[],
    platform: Platform,
    authorize: (caller: Caller, permissions: readonly Permission[]) => Promise<void>,
  ) {
    this.#authorize = authorize;
    for (const service of services) {
      const { scope, workflows = [], controllers = [] } = service.create(platform);
      this.workflows.push(...workflows);
      this.controllers.push(...controllers);
      const actionPrefix = service.actionPrefix ?? service.name;
      for (const operation of service.operations) {
        this.#add(service, { operation, scope, actionPrefix });
      }
    }
  }

  /** The operation's handler and flags; undefined for what is not built. */
  find(service: string, name: string): AnyOperation<Scope> | undefined {
    return this.#entries.get(`${service}:${name}`)?.operation;
  }

  /** Everything that is built, for the coverage page. */
  built(): OperationRef<never, unknown>[] {
    return Array.from(this.#entries.values(), ({ operation }) => operation.ref);
  }

  /** Prepares to serve an operation that `find` knows. */
  serve(
    { service, name }: OperationRef<never, unknown>,
    caller: Caller,
    requestId: string,
  ): Serving {
    const entry = this.#entries.get(`${service}:${name}`);
    if (!entry) throw notImplemented(service, name);
    const { operation, actionPrefix } = entry;
    let realization: Realization = 'real';
    const realize = (as: Realization): void => void (realization = as);
    const scope: Scope = { ...entry.scope, caller, requestId, realize };
    const anything = { action: `${actionPrefix}:${name}`, resource: '*' };
    return {
      authorize: async (input) => {
        const wanted = operation.authorize?.(input, scope) ?? anything;
        await this.#authorize(caller, Array.isArray(wanted) ? wanted : [wanted]);
      },
      handle: async (input) => (await operation.handle(input, scope)) ?? {},
      get realization() {
        return realization;
      },
    };
  }

  #add(service: AnyService, entry: Entry): void {
    const { ref } = entry.operation;
    if (ref.service !== service.name) {
      throw new Error(
        `${service.name} lists ${ref.service}:${ref.name}, another service's operation`,
      );
    }
    const id = `${ref.service}:${ref.name}`;
    if (this.#entries.has(id)) throw new Error(`${id} is listed twice`);
    this.#entries.set(id, entry);
  }
}
