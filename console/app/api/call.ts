import type { SdkClientClass, SdkCommand, SdkRequest } from './sdk.ts';
import type { Session } from './session.ts';

/** A service as its clients call it. */
export interface ServiceNames {
  /** The AWS CLI's and boto3's word, e.g. `ec2`. */
  readonly service: string;
  /** The SDK's package. */
  readonly package: string;
  readonly client: SdkClientClass;
  /** Whether it tells how it serves a call where it is asked to: `x-alacarte-explain`. */
  readonly explains?: boolean;
}

/** One call that a page makes: all that the call panel shows is derived from it. */
export interface Call<Output = unknown> extends ServiceNames {
  /** AWS's name, e.g. `RunInstances`. */
  readonly operation: string;
  readonly input: object;
  readonly command: () => SdkCommand;
  /** Never set: tells the compiler what the answer is. */
  readonly output?: Output;
}

export interface HttpMessage {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Answer<Output> {
  readonly output: Output;
  readonly sent: HttpMessage;
  readonly requestId: string | undefined;
  /** How real what was answered is: `real`, `recorded` or `mock`. */
  readonly realization: string | undefined;
  /** How it was served, step by step, by a service that explains. */
  readonly explanation: readonly ExplainedStep[];
}

/** One step: what was read or written, with what it came to. */
export type ExplainedStep = Readonly<Record<string, unknown>>;

const explainHeader = 'x-alacarte-explain';

/**
 * Makes a call with the SDK.
 *
 * @throws the SDK's error: `name` is AWS's code, `$metadata.requestId` the request's
 */
export async function send<Output>(call: Call<Output>, session: Session): Promise<Answer<Output>> {
  let sent: HttpMessage | undefined;
  let headers: SdkRequest['headers'] = {};
  const client = clientOf(call, session, async (request, next) => {
    if (call.explains) request.headers[explainHeader] = 'true';
    sent = message(request);
    const result = await next();
    headers = result.response.headers;
    return result;
  });
  try {
    const output = await client.send(call.command());
    if (!sent) throw new Error('The SDK sent no request.');
    const requestId = output.$metadata.requestId;
    return {
      ...{ output: output as Output, sent, requestId },
      realization: headers['x-alacarte-realization'],
      explanation: JSON.parse(headers[explainHeader] ?? '[]') as ExplainedStep[],
    };
  } finally {
    client.destroy();
  }
}

/** What `send` would put on the wire, by the SDK's own serializer. */
export async function preview(call: Call, session: Session): Promise<HttpMessage> {
  const captured: HttpMessage[] = [];
  const client = clientOf(call, session, (request) => {
    captured.push(message(request));
    return Promise.reject(new NotSent());
  });
  try {
    await client.send(call.command());
  } catch (error) {
    const [request] = captured;
    if (request) return request;
    throw error;
  } finally {
    client.destroy();
  }
  throw new NotSent();
}

class NotSent extends Error {}

type Observer = (
  request: SdkRequest,
  next: () => Promise<{ response: SdkRequest }>,
) => Promise<{ response: SdkRequest }>;

function clientOf(call: Call, session: Session, observe: Observer) {
  const client = new call.client({
    endpoint: location.origin,
    region: session.region,
    credentials: { accessKeyId: session.accessKeyId, secretAccessKey: session.secretAccessKey },
    maxAttempts: 1,
  });
  // The last before the network: signed, and with the answer not yet read.
  client.middlewareStack.add((next) => (args) => observe(args.request, () => next(args)), {
    step: 'deserialize',
    priority: 'low',
  });
  return client;
}

function message({ method, path, query, headers, body }: SdkRequest): HttpMessage {
  const search = new URLSearchParams(query as Record<string, string>).toString();
  const text = body instanceof Uint8Array ? new TextDecoder().decode(body) : (body ?? '');
  return { method, path: search === '' ? path : `${path}?${search}`, headers, body: text };
}
