import type { ProgressEvent } from '@aws-sdk/client-cloudcontrol';
import type { Caller } from '../../../kernel/caller.ts';
import type { HandlerErrorCode } from '../../../kernel/handler-error-code.ts';
import type { Properties } from '../../../kernel/resource-type.ts';

/** What a request changes, and how. */
export type ResourceOrder =
  | { readonly operation: 'CREATE'; readonly desired: Properties }
  | {
      readonly operation: 'UPDATE';
      readonly identifier: string;
      readonly desired: Properties;
      readonly previous: Properties;
    }
  | { readonly operation: 'DELETE'; readonly identifier: string };

/** A request for a change, as it is kept: AWS tells of it for seven days. */
export interface ResourceRequest {
  readonly token: string;
  readonly type: string;
  readonly caller: Caller;
  readonly order: ResourceOrder;
  readonly status: 'IN_PROGRESS' | 'SUCCESS' | 'FAILED' | 'CANCEL_IN_PROGRESS' | 'CANCEL_COMPLETE';
  /** Known from the start, or once it has been made. */
  readonly identifier?: string;
  readonly updatedAtMs: number;
  readonly failure?: { readonly code: HandlerErrorCode; readonly message: string };
}

/** As the wire shows it. */
export function progressEvent(request: ResourceRequest): ProgressEvent {
  const { token, type, order, status, identifier, updatedAtMs, failure } = request;
  return {
    TypeName: type,
    ...(identifier !== undefined && { Identifier: identifier }),
    RequestToken: token,
    Operation: order.operation,
    OperationStatus: status,
    EventTime: new Date(updatedAtMs),
    ...('desired' in order && { ResourceModel: JSON.stringify(order.desired) }),
    ...(failure && { StatusMessage: failure.message, ErrorCode: failure.code }),
  };
}
