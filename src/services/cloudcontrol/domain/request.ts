import type { Operation, OperationStatus, ProgressEvent } from '@aws-sdk/client-cloudcontrol';
import type { Caller } from '../../../kernel/caller.ts';
import type { HandlerErrorCode } from '../../../kernel/handler-error-code.ts';
import type { Properties } from '../../../kernel/resource-type.ts';

/** One order to make, change or unmake a resource, as it is recorded. */
export interface ResourceRequest {
  /** Names the request, and serves the resource type as its change's token. */
  readonly token: string;
  readonly caller: Caller;
  readonly operation: Operation;
  readonly type: string;
  readonly status: OperationStatus;
  readonly placedAtMs: number;
  readonly eventAtMs: number;
  /** Absent while the service has not chosen it. */
  readonly identifier?: string;
  /** What it is to be; for a deletion nothing. */
  readonly desired?: Properties;
  /** What it was, where it is changed. */
  readonly previous?: Properties;
  /** The call that creates it has been made, maybe by a process that was killed meanwhile. */
  readonly attempted?: true;
  readonly failure?: { readonly code: HandlerErrorCode; readonly message: string };
  /** The resource as it was when the request succeeded. */
  readonly model?: Properties;
}

export function isFinished({ status }: ResourceRequest): boolean {
  return status !== 'IN_PROGRESS';
}

export function progressEvent(request: ResourceRequest): ProgressEvent {
  const { token, operation, type, status, eventAtMs, identifier, failure, model } = request;
  return {
    TypeName: type,
    ...(identifier !== undefined && { Identifier: identifier }),
    RequestToken: token,
    Operation: operation,
    OperationStatus: status,
    EventTime: new Date(eventAtMs),
    ...(model && { ResourceModel: JSON.stringify(model) }),
    ...(failure && { StatusMessage: failure.message, ErrorCode: failure.code }),
  };
}
