import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../kernel/clock.ts';
import type { MetadataSource } from '../compute.ts';
import type { MachineId } from '../driver.ts';
import { MAX_TTL_SECONDS, Tokens } from './token.ts';
import { VERSIONS } from './versions.ts';

const TTL_HEADER = 'x-aws-ec2-metadata-token-ttl-seconds';
const TOKEN_HEADER = 'x-aws-ec2-metadata-token';
/** Beside AWS's tree, not in it: what a guest is to trust when it calls AWS's services. */
const AUTHORITY_PATH = '/_alacarte/certificate-authority';

interface Answer {
  readonly status: 200 | 400 | 401 | 403 | 404 | 405 | 500 | 503;
  readonly body?: string | Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * The instance metadata service, versions 1 and 2, for machines that a driver tells apart by their
 * own channel: who asks is never read from the request.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html
 */
export class MetadataService {
  /** Who knows the tree; until EC2 has started, the service answers 503 and clients try again. */
  source: MetadataSource | undefined;
  /** PEM of the authority that vouches for AWS's names; a secret to nobody. */
  authority: (() => Promise<string>) | undefined;
  readonly #tokens: Tokens;

  constructor(clock: Clock) {
    this.#tokens = new Tokens(clock);
  }

  /** Answers one request of a machine. Never fails: what goes wrong is a 500 for the guest. */
  async handle(
    machine: MachineId,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const answer = await this.#answer(machine, request).catch((): Answer => ({ status: 500 }));
    send(response, request.method === 'HEAD', answer);
  }

  async #answer(machine: MachineId, request: IncomingMessage): Promise<Answer> {
    const options = await this.source?.options(machine);
    if (!this.source) return { status: 503 };
    if (!options?.enabled) return { status: 403 };
    const path = (request.url ?? '/').replace(/\?.*$/s, '').replace(/\/+/g, '/');
    if (request.method === 'PUT') return this.#issueToken(machine, path, request);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return { status: 405, headers: { allow: 'OPTIONS, GET, HEAD' } };
    }
    if (path === AUTHORITY_PATH && this.authority) {
      return { status: 200, body: await this.authority() };
    }
    const token = header(request, TOKEN_HEADER);
    const secondsLeft = token === undefined ? undefined : this.#tokens.secondsLeft(machine, token);
    // A wrong token is refused even where none is needed.
    const refused = token === undefined ? options.tokens === 'required' : secondsLeft === undefined;
    if (refused) return { status: 401 };
    const answer = await this.#read(this.source, machine, path);
    if (secondsLeft === undefined) return answer;
    return { ...answer, headers: { ...answer.headers, [TTL_HEADER]: String(secondsLeft) } };
  }

  #issueToken(machine: MachineId, path: string, request: IncomingMessage): Answer {
    if (path !== '/latest/api/token') return { status: 405, headers: { allow: 'GET, HEAD' } };
    // A proxy in between would hand the token to somebody else.
    if (header(request, 'x-forwarded-for') !== undefined) return { status: 403 };
    const ttl = header(request, TTL_HEADER) ?? '';
    const seconds = /^\d{1,5}$/.test(ttl) ? Number(ttl) : 0;
    if (seconds < 1 || seconds > MAX_TTL_SECONDS) return { status: 400 };
    const body = this.#tokens.issue(machine, seconds);
    return { status: 200, body, headers: { [TTL_HEADER]: String(seconds) } };
  }

  async #read(source: MetadataSource, machine: MachineId, path: string): Promise<Answer> {
    if (path === '/') return { status: 200, body: VERSIONS.join('\n') };
    const [, version = '', ...rest] = path.split('/');
    if (!VERSIONS.includes(version)) return { status: 404 };
    const name = rest.join('/').replace(/\/$/, '');
    const body = await source.read(machine, decode(name));
    if (body === undefined) return { status: 404 };
    const type = name === 'user-data' ? 'application/octet-stream' : 'text/plain';
    return { status: 200, body, headers: { 'content-type': type } };
  }
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join() : value;
}

/** Names of tags under `meta-data/tags/instance/` may be escaped. */
function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

const REASONS = {
  200: 'OK',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

function send(response: ServerResponse, headOnly: boolean, answer: Answer): void {
  const failed = answer.status !== 200;
  const body = Buffer.from(failed ? page(answer.status) : (answer.body ?? ''));
  response.writeHead(answer.status, {
    'content-type': failed ? 'text/html' : 'text/plain',
    ...answer.headers,
    'accept-ranges': 'none',
    'content-length': body.length,
    server: 'EC2ws',
  });
  response.end(headOnly ? undefined : body);
}

function page(status: Answer['status']): string {
  const title = `${status} - ${REASONS[status]}`;
  return [
    '<?xml version="1.0" encoding="iso-8859-1"?>',
    '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"',
    '\t"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">',
    '<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="en" lang="en">',
    ` <head>\n  <title>${title}</title>\n </head>`,
    ` <body>\n  <h1>${title}</h1>\n </body>`,
    '</html>\n',
  ].join('\n');
}
