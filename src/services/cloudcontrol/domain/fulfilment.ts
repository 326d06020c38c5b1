import { AwsError } from '../../../kernel/aws-error.ts';
import { handlerErrorCode, type HandlerErrorCode } from '../../../kernel/handler-error-code.ts';
import type { AnyResourceType, ResourceContext } from '../../../kernel/resource-type.ts';
import type { Platform } from '../../../kernel/service.ts';
import type { Workflow } from '../../../workflows/workflows.ts';
import { isFinished, type ResourceRequest } from './request.ts';
import { fulfilment, type RequestOrder, type Requests } from './requests.ts';
import type { Resources } from './resources.ts';

/** What a step is given: the request as it is recorded, and how to act for it. */
interface Work {
  readonly request: ResourceRequest;
  readonly type: AnyResourceType;
  readonly context: ResourceContext;
}

/**
 * How requests are carried out. A failure ends the request and undoes nothing, as on AWS: what was
 * made stays until it is deleted.
 */
export class Fulfilment {
  readonly workflow: Workflow<RequestOrder>;
  readonly #requests: Requests;
  readonly #resources: Resources;
  readonly #log: Platform['log'];

  constructor(parts: {
    readonly requests: Requests;
    readonly resources: Resources;
    readonly log: Platform['log'];
  }) {
    this.#requests = parts.requests;
    this.#resources = parts.resources;
    this.#log = parts.log;
    this.workflow = {
      ...fulfilment,
      steps: [
        this.#step('look', (work) => this.#look(work)),
        this.#step('act', (work) => this.#act(work)),
        this.#step('stabilize', (work) => stabilize(work)),
        this.#step('report', (work) => this.#report(work)),
      ],
    };
  }

  #step(name: string, run: (work: Work) => Promise<void>): Workflow<RequestOrder>['steps'][number] {
    return {
      name,
      run: async ({ owner, token }, signal) => {
        const request = await this.#requests.get(owner, token);
        if (isFinished(request)) return;
        const { caller, type: typeName, operation } = request;
        try {
          const type = this.#resources.type(typeName, operation);
          const context = this.#resources.context(caller, typeName, token, signal);
          await run({ request, type, context });
        } catch (error) {
          signal.throwIfAborted(); // the server stops: the next start takes it up again
          await this.#fail(request, error);
        }
      },
    };
  }

  /** A request starts from what is there, which a second attempt could not tell from its own work. */
  async #look({ request, type, context }: Work): Promise<void> {
    const { operation, identifier } = request;
    if (identifier === undefined) return;
    const found = await type.read(identifier, context);
    if (operation === 'CREATE' && found) {
      const message = `Resource of type '${type.name}' with identifier '${identifier}' already exists.`;
      await this.#requests.change(request, failed('AlreadyExists', message));
    } else if (operation !== 'CREATE' && !found) {
      const message = `Resource of type '${type.name}' with identifier '${identifier}' was not found.`;
      await this.#requests.change(request, failed('NotFound', message));
    }
  }

  async #act(work: Work): Promise<void> {
    const { request, type, context } = work;
    const { operation, identifier, desired, previous } = request;
    if (operation === 'CREATE') return this.#create(work);
    if (operation === 'UPDATE') await type.update!(identifier!, desired, previous, context);
    else await type.delete(identifier!, context);
  }

  async #create({ request, type, context }: Work): Promise<void> {
    const named = request.identifier;
    // it was not there before, so a killed process has made it for this request
    const resumed = request.attempted === true && named !== undefined;
    await this.#requests.change(request, { attempted: true });
    let generated: string | undefined;
    const generatedName = (most: number): string => (generated = context.generatedName(most));
    const identifier = await type
      .create(request.desired, { ...context, generatedName, resumed })
      .catch((error: unknown) => {
        const ours = named ?? generated;
        if (request.attempted && isExisting(error) && ours !== undefined) return ours;
        throw error;
      });
    await this.#requests.change(request, { identifier });
  }

  async #report({ request, type, context }: Work): Promise<void> {
    const { operation, identifier } = request;
    if (operation === 'DELETE') return void (await this.#requests.change(request, succeeded));
    const model = await type.read(identifier!, context);
    await this.#requests.change(request, { ...succeeded, ...(model && { model }) });
  }

  async #fail(request: ResourceRequest, error: unknown): Promise<void> {
    const known = error instanceof AwsError;
    if (!known) this.#log.error({ err: error, request: request.token }, 'resource request failed');
    const code = known ? handlerErrorCode(error) : 'InternalFailure';
    const message = known ? error.message || error.code : 'Internal Failure';
    await this.#requests.change(request, failed(code, message));
  }
}

async function stabilize({ request, type, context }: Work): Promise<void> {
  if (request.operation !== 'DELETE') await type.stabilize?.(request.identifier!, context);
}

const succeeded = { status: 'SUCCESS' } as const;

function failed(code: HandlerErrorCode, message: string): Partial<ResourceRequest> {
  return { status: 'FAILED', failure: { code, message } };
}

function isExisting(error: unknown): boolean {
  return error instanceof AwsError && handlerErrorCode(error) === 'AlreadyExists';
}
