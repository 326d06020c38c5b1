import type { OperationRef } from '../models/ref.ts';
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

/** What a handler gave, and how real it says it is. */
export interface Served {
  readonly output: Record<string, unknown> | WireJson;
  readonly realization: Realization;
}

/** Steps 4 and 5 of a request: everything that is built, by service and operation. */
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
  built(): OperationRef<unknown, unknown>[] {
    return Array.from(this.#entries.values(), ({ operation }) => operation.ref);
  }

  /** Authorizes and handles. The operation must be one that `find` knows. */
  async serve(
    { service, name }: OperationRef<unknown, unknown>,
    caller: Caller,
    input: unknown,
    requestId: string,
  ): Promise<Served> {
    const entry = this.#entries.get(`${service}:${name}`);
    if (!entry) throw new Error(`${service}:${name} is not built`);
    const { operation } = entry;
    let realization: Realization = 'real';
    const scope: Scope = {
      ...entry.scope,
      caller,
      requestId,
      realize: (as) => void (realization = as),
    };
    const wanted = operation.authorize?.(input, scope) ?? {
      action: `${entry.actionPrefix}:${name}`,
      resource: '*',
    };
    await this.#authorize(caller, Array.isArray(wanted) ? wanted : [wanted]);
    const output = await operation.handle(input, scope);
    return { output: output ?? {}, realization };
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
