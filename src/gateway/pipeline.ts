import type { Authenticator } from '../identity/authenticate.ts';
import { AwsError } from '../kernel/aws-error.ts';
import type { Ids } from '../kernel/ids.ts';
import type { Registry, Serving } from '../kernel/registry.ts';
import { WireJson } from '../kernel/wire-json.ts';
import type { Log } from '../kernel/log.ts';
import { validate } from '../models/validate.ts';
import type { Activity } from './activity/activity.ts';
import type { Observation } from './activity/observation.ts';
import { unpacked } from './http/content-encoding.ts';
import { defaultLimits } from './http/listener.ts';
import type { HttpRequest, HttpResponse } from './http/message.ts';
import { explanation, wantsExplanation } from './explanation.ts';
import { internalFailure } from './internal-failure.ts';
import { resolve, type Resolved, type Unresolved } from './resolve.ts';

export interface PipelineParts {
  readonly registry: Registry;
  readonly authenticator: Authenticator;
  readonly ids: Ids;
  readonly activity: Activity;
  readonly log: Log;
}

/** The way of a request: HTTP in, a typed operation, HTTP out. */
export class Pipeline {
  readonly #parts: PipelineParts;

  constructor(parts: PipelineParts) {
    this.#parts = parts;
  }

  /** Answers every request; never throws. */
  async serve(request: HttpRequest): Promise<HttpResponse> {
    const { registry, authenticator, ids } = this.#parts;
    const requestId = ids.uuid();
    const call = resolve(request); // 1: which service, operation and protocol
    const seen = this.#observe(requestId, call, request);
    try {
      if ('error' in call) throw call.error;
      const { signingName, service } = call.model;
      const target = { signingName, protocol: call.protocol.name };
      const caller = (seen.caller = await authenticator.authenticate(request, target)); // 2: whose it is
      const operation = { service, name: call.name };
      const serving = registry.serve(operation, caller, requestId, wantsExplanation(request));
      seen.serving = serving;
      const plain = isPacked(call) ? await unpack(call) : call;
      const input = (seen.input = decode(plain, serving)); // 3: bytes to a typed input
      await serving.authorize(input); // 4: whether the caller may
      const output = (seen.output = await serving.handle(input)); // 5: the operation's file
      const answer = encode(call, output, serving, requestId); // 6: output to bytes
      seen.answered(answer.status);
      return answer;
    } catch (error) {
      return this.#refuse(call, error, requestId, seen);
    }
  }

  /** The one catch: an `AwsError` in the request's protocol; anything else is logged and hidden. */
  #refuse(
    call: Resolved | Unresolved,
    error: unknown,
    requestId: string,
    seen: Observation,
  ): HttpResponse {
    const { protocol, model } = call;
    const known = error instanceof AwsError ? error : internalFailure(call, error);
    if (known !== error) {
      const operation = 'name' in call ? call.name : undefined;
      this.#parts.log.error(
        { err: error, requestId, service: model.service, operation },
        'request failed',
      );
    }
    const answer = protocol.encodeError(call, known, requestId);
    seen.refused(answer.status, known);
    return answer;
  }

  /** What each step finds out is noted for `GET /_alacarte/activity`. */
  #observe(requestId: string, call: Resolved | Unresolved, request: HttpRequest): Observation {
    const { service } = call.model;
    const operation = 'name' in call ? call.name : undefined;
    const protocol = call.protocol.name;
    return this.#parts.activity.begin({ requestId, service, operation, protocol, request });
  }
}

/** Signatures cover packed bytes, so they are unpacked here; S3 keeps objects as they were sent. */
function isPacked({ request, model }: Resolved): boolean {
  return request.headers['content-encoding'] !== undefined && model.service !== 's3';
}

async function unpack(call: Resolved): Promise<Resolved> {
  const { request } = call;
  return { ...call, request: await unpacked(request, defaultLimits.bodyBytes(request)) };
}

function decode(call: Resolved, { wire }: Serving): Record<string, unknown> {
  const { protocol, request } = call;
  if (wire && protocol.decodeWire) return protocol.decodeWire(call, request);
  const input = protocol.decode(call, request);
  validate(call, protocol.name, input);
  return input;
}

function encode(
  call: Resolved,
  output: Record<string, unknown> | WireJson,
  { wire, realization, steps }: Serving,
  requestId: string,
): HttpResponse {
  const { protocol } = call;
  const { status, headers, body } =
    (wire || output instanceof WireJson) && protocol.encodeWire
      ? protocol.encodeWire(call, output, requestId)
      : protocol.encode(call, output as Record<string, unknown>, requestId);
  const told = { 'x-alacarte-realization': realization, ...(steps && explanation(steps)) };
  return { status, headers: { ...told, ...headers }, body };
}
