import { AwsError } from '../../kernel/aws-error.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Serving } from '../../kernel/registry.ts';
import { WireJson } from '../../kernel/wire-json.ts';
import type { Realization } from '../../kernel/operation.ts';
import type { ProtocolName } from '../../models/model.ts';
import type { OperationRef } from '../../models/ref.ts';
import { credentialScope } from '../credential-scope.ts';
import type { HttpRequest } from '../http/message.ts';
import type { Bodies, Entry } from './entry.ts';

/** What is known of a call when it comes. */
export interface Beginning {
  readonly requestId: string;
  readonly service: string;
  readonly operation: string | undefined;
  readonly protocol?: ProtocolName;
  /** Absent for a call that a service makes. */
  readonly request?: HttpRequest;
}

/**
 * One call: while it is under way its steps leave here what they found out, and one of its ends is
 * called once. Then it is kept without what it took and gave, and tells of itself when it is asked.
 */
export class Observation {
  caller: Caller | undefined;
  serving: Serving | undefined;
  input: unknown;
  output: unknown;
  /** Counts answers; 0 until there is one. */
  sequence = 0;
  readonly #beginning: Omit<Beginning, 'request'>;
  readonly #timeMs: number;
  readonly #startedAtMs = performance.now();
  #request: HttpRequest | undefined;
  readonly #byService: boolean;
  readonly #done: (observation: Observation) => void;
  #durationMs = 0;
  #status = 0;
  #error: AwsError | undefined;
  #failed = false;
  #realization: Realization | undefined;
  #userAgent: string | undefined;
  #claimed: { readonly accessKeyId: string; readonly region: string } | undefined;

  constructor(
    { requestId, service, operation, protocol, request }: Beginning,
    timeMs: number,
    done: (observation: Observation) => void,
  ) {
    this.#beginning = { requestId, service, operation, protocol };
    this.#request = request;
    this.#byService = request === undefined;
    this.#timeMs = timeMs;
    this.#done = done;
  }

  /** It was served. */
  answered(status: number): void {
    this.#realization = this.serving?.realization;
    this.#end(status);
  }

  /** It was refused, or failed. */
  refused(status: number, error: unknown): void {
    this.#failed = true;
    this.#error = error instanceof AwsError ? error : undefined;
    this.#end(status);
  }

  /** What was called, where the request named something that is modelled. */
  get called(): Pick<OperationRef<never, unknown>, 'service' | 'name'> | undefined {
    const { service, operation } = this.#beginning;
    return service === '' || operation === undefined ? undefined : { service, name: operation };
  }

  /** What it took and gave, as far as it came; known until `done` has returned. */
  bodies(): Bodies {
    const { input, output } = this;
    return { input, output: output instanceof WireJson ? output.parse() : output };
  }

  entry(): Entry {
    const { requestId, service, operation, protocol } = this.#beginning;
    const error = this.#error ?? { code: 'InternalFailure', message: '' };
    return {
      sequence: this.sequence,
      time: new Date(this.#timeMs).toISOString(),
      requestId,
      ...(service !== '' && { service }),
      ...(operation !== undefined && { operation }),
      ...(protocol !== undefined && { protocol }),
      ...this.#who(),
      durationMs: Math.round(this.#durationMs * 1000) / 1000,
      status: this.#status,
      ...(this.#failed && { error: { code: error.code, message: cut(error.message, 2048) } }),
      ...(this.#realization && { realization: this.#realization }),
      ...(this.#userAgent !== undefined && { userAgent: this.#userAgent }),
    };
  }

  #end(status: number): void {
    this.#durationMs = performance.now() - this.#startedAtMs;
    this.#status = status;
    const userAgent = this.#request?.headers['user-agent'];
    if (userAgent !== undefined) this.#userAgent = cut(userAgent, 256);
    if (!this.caller && this.#request) this.#claimed = credentialScope(this.#request);
    this.#done(this);
    this.#request = this.serving = this.input = this.output = undefined;
  }

  #who(): Partial<Entry> {
    if (!this.caller) {
      const claimed = this.#claimed;
      return claimed
        ? { accessKeyId: cut(claimed.accessKeyId, 128), region: cut(claimed.region, 64) }
        : {};
    }
    const { account, region, principal, calledVia = [] } = this.caller;
    const { arn, accessKeyId } = principal;
    return {
      ...{ account, region, principal: arn },
      ...(accessKeyId !== undefined && { accessKeyId }),
      ...(this.#byService && { calledVia }),
    };
  }
}

/** Copied where it is cut, as a slice would keep all of the text in memory. */
function cut(text: string, length: number): string {
  return text.length <= length ? text : `${Buffer.from(text.slice(0, length)).toString()}…`;
}
