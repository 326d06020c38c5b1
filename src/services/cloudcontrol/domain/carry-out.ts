import { AwsError } from '../../../kernel/aws-error.ts';
import { handlerErrorCode } from '../../../kernel/handler-error-code.ts';
import { resourceContext } from '../../../kernel/resource-context.ts';
import type { AnyResourceType, ResourceContext } from '../../../kernel/resource-type.ts';
import type { Platform } from '../../../kernel/service.ts';
import type { Step, Workflow } from '../../../workflows/workflows.ts';
import type { Requests } from './requests.ts';
import type { ResourceRequest } from './resource-request.ts';

/** Which request of whose. */
interface Order {
  readonly account: string;
  readonly region: string;
  readonly token: string;
}

/** What carries a request out: begun, waited for, recorded, each again after a crash. */
export function resourceRequestWorkflow(platform: Platform, requests: Requests): Workflow<Order> {
  const part = (
    name: string,
    act: (
      request: ResourceRequest,
      type: AnyResourceType,
      context: ResourceContext,
    ) => Promise<object | void>,
  ): Step<Order> => ({
    name,
    async run(order, signal) {
      const request = await requests.find(order, order.token);
      if (request?.status !== 'IN_PROGRESS') return;
      const type = platform.resourceType(request.type);
      if (!type) throw new Error(`${request.type} is not built any more`);
      const outcome = await act(request, type, contextOf(platform, request, signal)).catch(
        (error: unknown) => {
          // The server stops: nothing has failed, and the next one goes on.
          if (signal.aborted) throw error;
          return failed(platform, request, error);
        },
      );
      if (outcome) await requests.change(order, order.token, () => outcome);
    },
  });
  return {
    name: 'cloudcontrol:ResourceRequest',
    steps: [part('begin', begin), part('stabilize', stabilize), part('end', end)],
  };
}

/** How a request's resource type is called. */
export function contextOf(
  platform: Platform,
  { caller, type, token }: Pick<ResourceRequest, 'caller' | 'type' | 'token'>,
  signal: AbortSignal,
): ResourceContext {
  const nameStem = type.split('::').slice(1).join('-');
  return resourceContext(platform, {
    ...{ caller, token, nameStem, signal },
    via: 'cloudcontrolapi.amazonaws.com',
  });
}

async function begin(
  { order }: ResourceRequest,
  type: AnyResourceType,
  context: ResourceContext,
): Promise<object | void> {
  switch (order.operation) {
    case 'CREATE':
      return { identifier: await type.create(order.desired, context) };
    case 'UPDATE':
      return type.update?.(order.identifier, order.desired, order.previous, context);
    case 'DELETE':
      return type.delete(order.identifier, context);
  }
}

async function stabilize(
  { order, identifier }: ResourceRequest,
  type: AnyResourceType,
  context: ResourceContext,
): Promise<void> {
  if (order.operation !== 'DELETE') await type.stabilize?.(`${identifier}`, context);
}

async function end(): Promise<object> {
  return { status: 'SUCCESS' };
}

function failed(platform: Platform, { token, type }: ResourceRequest, error: unknown): object {
  if (error instanceof AwsError) {
    const failure = { code: handlerErrorCode(error), message: error.message || error.code };
    return { status: 'FAILED', failure };
  }
  platform.log.error({ err: error, token, type }, 'resource request failed');
  const failure = { code: 'ServiceInternalError', message: 'Internal Failure' };
  return { status: 'FAILED', failure };
}
