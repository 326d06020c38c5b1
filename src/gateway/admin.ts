import type { Authenticator } from '../identity/authenticate.ts';
import { AwsError } from '../kernel/aws-error.ts';
import type { AuthMode } from '../options.ts';
import type { Activity } from './activity/activity.ts';
import { readQuery } from './activity/query.ts';
import type { RequestContext } from './http/listener.ts';
import type { HttpRequest, HttpResponse, HttpStream } from './http/message.ts';

/** What the admin API tells of a cloud, gathered when it is asked. */
export interface AdminSource {
  /** Milliseconds since the epoch, in cloud time. */
  now(): number;
  /** Resolves when every process of the cloud has moved. */
  advance(ms: number): Promise<void>;
  readonly auth: AuthMode;
  /** Refuses a request that is not signed as it should be. */
  readonly authenticate: Authenticator['authenticate'];
  readonly activity: Activity;
  health(): object;
  doctor(): Promise<object>;
  /** The images that machines boot from. */
  images(): Promise<readonly object[]>;
  coverage(): object;
  /** An empty cloud in place of this one; absent where that was not allowed. */
  readonly reset: (() => Promise<void>) | undefined;
  resourceTypes(): object;
  /** PEM of what instance identity documents are verified with. */
  identityCertificate(): Promise<string>;
  /** PEM of what vouches for AWS's names where Alacarte answers to them. */
  certificateAuthority(): Promise<string>;
}

const prefix = '/_alacarte/';

/** Answers with an object, or with objects one by one for as long as the context lasts. */
type Route = (
  request: HttpRequest,
  context: RequestContext,
) => Promise<object | AsyncIterable<object>>;

/**
 * The cloud's own API: JSON under `/_alacarte/`. Reading is free on loopback; with `--auth strict`
 * everything but `health` takes a root signature for the service `alacarte`, and so does changing.
 */
export class AdminApi {
  readonly #source: AdminSource;
  readonly #routes: Readonly<Record<string, Route>>;

  constructor(source: AdminSource) {
    this.#source = source;
    this.#routes = {
      'GET health': async () => source.health(),
      'GET doctor': () => source.doctor(),
      'GET images': async () => ({ images: await source.images() }),
      'GET coverage': async () => source.coverage(),
      'GET coverage/resource-types': async () => source.resourceTypes(),
      'GET instance-identity-certificate': async () => ({
        certificate: await source.identityCertificate(),
      }),
      'GET certificate-authority': async () => ({
        certificate: await source.certificateAuthority(),
      }),
      'GET activity': async ({ query }, { signal }) =>
        source.activity.read(readQuery(query), signal),
      'GET clock': async () => this.#time(),
      'POST clock': (request) => this.#move(request),
      'POST reset': () => this.#reset(),
    };
  }

  /** Whether a path is the admin API's. `/_localstack/health` is where other tools look. */
  owns(path: string): boolean {
    return path.startsWith(prefix) || path === '/_localstack/health';
  }

  async serve(request: HttpRequest, context: RequestContext): Promise<HttpResponse | HttpStream> {
    try {
      const answer = await this.#answer(request, context);
      return Symbol.asyncIterator in answer ? jsonLines(answer) : json(200, answer);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return json(error.status, { code: error.code, message: error.message });
    }
  }

  async #answer(
    request: HttpRequest,
    context: RequestContext,
  ): Promise<object | AsyncIterable<object>> {
    const name =
      request.path === '/_localstack/health' ? 'health' : request.path.slice(prefix.length);
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const route = this.#routes[`${method} ${name}`];
    if (!route) {
      const paths = Object.keys(this.#routes).map((key) => key.replace(' ', ` ${prefix}`));
      throw new AwsError('NotFound', `There is ${paths.join(', ')}.`, { status: 404 });
    }
    await this.#guard(request, name);
    return route(request, context);
  }

  // On loopback an unknown key is root already, so that a signature would prove nothing there.
  async #guard(request: HttpRequest, name: string): Promise<void> {
    if (this.#source.auth !== 'strict' || name === 'health') return;
    const { principal } = await this.#source.authenticate(request, {
      signingName: 'alacarte',
      protocol: 'aws-json-1.0',
    });
    if (principal.type !== 'Root') {
      throw new AwsError('AccessDenied', 'Only the root user may do this.', { status: 403 });
    }
  }

  async #reset(): Promise<object> {
    const { reset } = this.#source;
    if (!reset) {
      throw new AwsError(
        'AccessDenied',
        'This cloud keeps what it has: only one started with --ephemeral or --allow-reset is reset.',
        { status: 403 },
      );
    }
    await reset();
    return { status: 'empty' };
  }

  #time(): object {
    return { now: new Date(this.#source.now()).toISOString() };
  }

  async #move({ body }: HttpRequest): Promise<object> {
    const seconds = advanceSeconds(body);
    if (seconds === undefined) {
      throw new AwsError(
        'ValidationError',
        'The body is JSON such as {"advanceSeconds": 3600}, a number that is not negative.',
      );
    }
    await this.#source.advance(seconds * 1000);
    return this.#time();
  }
}

function advanceSeconds(body: Uint8Array): number | undefined {
  try {
    const { advanceSeconds: seconds } = JSON.parse(Buffer.from(body).toString()) as {
      advanceSeconds?: unknown;
    };
    return typeof seconds === 'number' && seconds >= 0 && seconds <= 1e10 ? seconds : undefined;
  } catch {
    return undefined;
  }
}

function json(status: number, value: object): HttpResponse {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: `${JSON.stringify(value, null, 2)}\n`,
  };
}

function jsonLines(values: AsyncIterable<object>): HttpStream {
  return { status: 200, headers: { 'content-type': 'application/x-ndjson' }, body: lines(values) };
}

async function* lines(values: AsyncIterable<object>): AsyncGenerator<Uint8Array> {
  for await (const value of values) yield Buffer.from(`${JSON.stringify(value)}\n`);
}
