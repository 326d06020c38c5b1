import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestCloud } from '../../test/cloud.ts';
import { ConsoleFiles } from './console-files.ts';
import type { HttpRequest } from './http/message.ts';

function get(path: string, headers: Record<string, string> = {}, query = ''): HttpRequest {
  return { method: 'GET', path, query, headers, body: new Uint8Array() };
}

describe('the console', () => {
  const root = mkdtempSync(join(tmpdir(), 'alacarte-console-'));
  const directory = join(root, 'console');
  const files = new ConsoleFiles(pathToFileURL(`${directory}/`));

  beforeAll(() => {
    mkdirSync(join(directory, 'assets'), { recursive: true });
    writeFileSync(join(root, 'secret.js'), 'secret');
    writeFileSync(join(directory, 'index.html'), '<!doctype html>');
    writeFileSync(join(directory, 'assets', 'main-1a2b.js'), 'export {};');
  });
  afterAll(() => rmSync(root, { recursive: true }));

  it('takes a browser that comes to / there, and leaves clients alone', () => {
    const accept = 'text/html,application/xhtml+xml';
    expect(files.owns(get('/', { accept }))).toBe(true);
    expect(files.owns(get('/', { accept: '*/*' }))).toBe(false);
    expect(files.owns(get('/', { accept, authorization: 'AWS4-HMAC-SHA256 …' }))).toBe(false);
    expect(files.owns(get('/', { accept }, 'Action=DescribeVpcs'))).toBe(false);
    expect(files.owns(get('/', { accept }, 'X-Amz-Signature=00'))).toBe(false);
    expect(files.owns(get('/_alacarte/consoles'))).toBe(false);
  });

  it('answers every page with the application, under a strict policy', async () => {
    const answer = await files.serve(get('/_alacarte/console/ec2/instances/i-0'));
    expect(answer).toMatchObject({ status: 200 });
    expect(answer.headers['content-security-policy']).not.toContain('unsafe');
    const { etag = '' } = answer.headers;
    const again = await files.serve(get('/_alacarte/console/', { 'if-none-match': etag }));
    expect(again.status).toBe(304);
  });

  it('lets hashed files be kept for ever', async () => {
    const { status, headers } = await files.serve(get('/_alacarte/console/assets/main-1a2b.js'));
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': expect.stringContaining('immutable'),
      'x-content-type-options': 'nosniff',
    });
  });

  it.each(['../../secret.js', '%2e%2e/%2e%2e/secret.js', '..%2f..%2fsecret.js', 'none.js', '..'])(
    'has nothing at assets/%s',
    async (name) => {
      expect((await files.serve(get(`/_alacarte/console/assets/${name}`))).status).toBe(404);
    },
  );

  it('says how it is built where it is not', async () => {
    const none = new ConsoleFiles(pathToFileURL(`${root}/none/`));
    const { status, body } = await none.serve(get('/_alacarte/console/'));
    expect(status).toBe(503);
    expect(body).toContain('npm run build');
  });

  it('is served by the gateway', async () => {
    await using cloud = await startTestCloud();
    const headers = { accept: 'text/html' };
    const answer = await fetch(cloud.endpoint, { headers, redirect: 'manual' });
    expect(answer.status).toBe(302);
    expect(answer.headers.get('location')).toBe('/_alacarte/console/');
  });
});
