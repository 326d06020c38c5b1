import { AwsError } from '../../kernel/aws-error.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Serving } from '../../kernel/registry.ts';
import { WireJson } from '../../kernel/wire-json.ts';
import type { ProtocolName } from '../../models/model.ts';
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

type Done = (observation: Observation, entry: Omit<Entry, 'sequence'>) => void;

/** One call under way: its steps leave here what they found out, and one of its ends is called once. */
export class Observation {
  caller?: Caller;
  serving?: Serving;
  input?: unknown;
  output?: unknown;
  readonly beginning: Beginning;
  readonly #startedAtMs = performance.now();
  readonly #timeMs: number;
  readonly #done: Done;

  constructor(beginning: Beginning, timeMs: number, done: Done) {
    this.beginning = beginning;
    this.#timeMs = timeMs;
    this.#done = done;
  }

  /** It was served. */
  answered(status: number): void {
    this.#end(status, undefined);
  }

  /** It was refused, or failed. */
  refused(status: number, error: unknown): void {
    const { code, message } =
      error instanceof AwsError ? error : { code: 'InternalFailure', message: '' };
    this.#end(status, { code, message: cut(message, 2048) });
  }

  /** What it took and gave, as far as it came. */
  bodies(): Bodies {
    const { input, output } = this;
    return { input, output: output instanceof WireJson ? output.parse() : output };
  }

  #end(status: number, error: Entry['error']): void {
    const { requestId, service, operation, protocol, request } = this.beginning;
    const durationMs = Math.round((performance.now() - this.#startedAtMs) * 1000) / 1000;
    const userAgent = request?.headers['user-agent'];
    this.#done(this, {
      time: new Date(this.#timeMs).toISOString(),
      requestId,
      ...(service !== '' && { service }),
      ...(operation !== undefined && { operation }),
      ...(protocol !== undefined && { protocol }),
      ...this.#who(),
      durationMs,
      status,
      ...(error && { error }),
      ...(!error && this.serving && { realization: this.serving.realization }),
      ...(userAgent !== undefined && { userAgent: cut(userAgent, 256) }),
    });
  }

  #who(): Partial<Entry> {
    const { request } = this.beginning;
    if (!this.caller) {
      const claimed = request && credentialScope(request);
      return claimed
        ? { accessKeyId: cut(claimed.accessKeyId, 128), region: cut(claimed.region, 64) }
        : {};
    }
    const { account, region, principal, calledVia = [] } = this.caller;
    const { arn, accessKeyId } = principal;
    return {
      ...{ account, region, principal: arn },
      ...(accessKeyId !== undefined && { accessKeyId }),
      ...(!request && { calledVia }),
    };
  }
}

/** Copied where it is cut, as a slice would keep all of the text in memory. */
function cut(text: string, length: number): string {
  return text.length <= length ? text : `${Buffer.from(text.slice(0, length)).toString()}…`;
}
