import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { packageRoot } from '../package-root.ts';
import type { HttpRequest, HttpResponse } from './http/message.ts';

const prefix = '/_alacarte/console';
const builtFiles = new URL('dist/console/', packageRoot);
/** Vite puts all it makes into one folder; a name in it has no way out of it. */
const assetName = /^\/assets\/[\w-]+(\.[\w-]+)+$/;

const contentTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

// Styles are set by script through the CSSOM only, so that 'unsafe-inline' is not needed.
const guards = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; " +
    "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; " +
    "frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

/** Serves the built web console, which is a client of the public API like any other. */
export class ConsoleFiles {
  readonly #directory: URL;

  constructor(directory = builtFiles) {
    this.#directory = directory;
  }

  /** Whether a request is the console's: for one of its paths, or a browser's first visit. */
  owns(request: HttpRequest): boolean {
    return isUnder(request.path) || isFirstVisit(request);
  }

  async serve(request: HttpRequest): Promise<HttpResponse> {
    const { method, path } = request;
    if (method !== 'GET' && method !== 'HEAD') {
      return text(405, 'The console is read with GET.\n', { allow: 'GET, HEAD' });
    }
    if (!isUnder(path) || path === prefix) {
      return text(302, '', { location: `${prefix}/` });
    }
    const name = path.slice(prefix.length);
    return name.startsWith('/assets/') ? this.#asset(name) : this.#page(request);
  }

  /** Assets carry a hash of their content in their names. */
  async #asset(name: string): Promise<HttpResponse> {
    const type = contentTypes[extname(name)];
    const body = assetName.test(name) && type ? await this.#read(`.${name}`) : undefined;
    if (!body || !type) return text(404, 'There is no such file.\n');
    const cacheControl = 'public, max-age=31536000, immutable';
    const headers = { ...guards, 'content-type': type, 'cache-control': cacheControl };
    return { status: 200, headers, body };
  }

  /** Every other path is a page of the application, which finds its way by itself. */
  async #page({ headers: asked }: HttpRequest): Promise<HttpResponse> {
    const body = await this.#read('index.html');
    if (!body) return text(503, 'The console is not built. Run: npm run build\n');
    const etag = `"${createHash('sha256').update(body).digest('base64url')}"`;
    const headers = { ...guards, etag, 'cache-control': 'no-cache' };
    if (asked['if-none-match'] === etag) return { status: 304, headers, body: '' };
    return {
      status: 200,
      headers: { ...headers, 'content-type': 'text/html; charset=utf-8' },
      body,
    };
  }

  async #read(name: string): Promise<Uint8Array | undefined> {
    try {
      return await readFile(new URL(name, this.#directory));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }
}

function isUnder(path: string): boolean {
  return path === prefix || path.startsWith(`${prefix}/`);
}

/** S3 lists buckets at `GET /`, but signed, and nobody's client of it asks for HTML. */
function isFirstVisit({ method, path, query, headers }: HttpRequest): boolean {
  return (
    (method === 'GET' || method === 'HEAD') &&
    path === '/' &&
    (headers['accept'] ?? '').includes('text/html') &&
    headers['authorization'] === undefined &&
    !/(^|&)(X-Amz-|Action=|AWSAccessKeyId=)/i.test(query)
  );
}

function text(
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): HttpResponse {
  return {
    status,
    headers: { ...guards, 'content-type': 'text/plain; charset=utf-8', ...headers },
    body,
  };
}
