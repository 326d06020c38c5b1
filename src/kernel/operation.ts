import type { OperationRef } from '../models/ref.ts';
import type { Caller } from './caller.ts';
import type { WireJson } from './wire-json.ts';

/** How much of what an answer says exists: sent as `x-alacarte-realization`. */
export type Realization = 'real' | 'recorded' | 'mock';

/** Takes one step of how a request was served, as it is told in `x-alacarte-explain`. */
export type Explain = (step: object) => void;

/** What every handler is given, beside what its own service adds. */
export interface Scope {
  readonly caller: Caller;
  readonly requestId: string;
  /** Says, beside the answer, how real it is; `real` unless a handler says otherwise. */
  readonly realize: (realization: Realization) => void;
  /** Absent where nobody asked for an explanation. */
  readonly explain?: Explain;
}

/** What a request asks leave for: IAM's action on one resource's ARN, or on `*`. */
export interface Permission {
  readonly action: string;
  readonly resource: string;
}

export interface OperationDefinition<Input, Output, S extends Scope> {
  /**
   * Skips the walk of the model both ways: the input is the request's JSON as parsed (blobs are
   * base64 text) and nobody has validated it; the output may be `WireJson`.
   */
  readonly wire?: true;
  /** Whether all that it does is to keep what it is told: its answers say so. */
  readonly recorded?: true | ((scope: S) => boolean);
  /** What the caller must be allowed; `<prefix>:<Operation>` on `*` if left out. */
  authorize?(input: Input, scope: S): Permission | readonly Permission[];
  /** Does it. Throws `AwsError` for everything that AWS would refuse. */
  handle(input: Input, scope: S): Promise<Output | WireJson> | Output | WireJson;
}

export interface Operation<Input, Output, S extends Scope> extends OperationDefinition<
  Input,
  Output,
  S
> {
  readonly ref: OperationRef<Input, Output>;
}

/** An operation of a service whose handlers take scope `S`, its input and output types forgotten. */
// oxlint-disable-next-line typescript/no-explicit-any -- inputs are contravariant; the ref keeps the pair honest
export type AnyOperation<S extends Scope> = Operation<any, any, S>;

/**
 * Ties a handler to a modelled operation.
 *
 * @example
 * export const putItem = operation(model.PutItem, {
 *   authorize: (input, { arn }: DynamoDBScope) => ({ action: 'dynamodb:PutItem', resource: arn.table(input.TableName) }),
 *   async handle(input, { tables }) { … },
 * });
 */
export function operation<Input, Output, S extends Scope>(
  ref: OperationRef<Input, Output>,
  definition: OperationDefinition<Input, Output, S>,
): Operation<Input, Output, S> {
  return { ref, ...definition };
}
