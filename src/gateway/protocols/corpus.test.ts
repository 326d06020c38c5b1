import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { errorIn } from '../../../test/error-reader.ts';
import { answer } from '../../../test/scripted-server.ts';

/** A request that AWS refuses, with what it refuses it with. */
interface Case {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly query?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly base64?: string;
  readonly status: number;
  readonly code: string;
  /** Not compared where left out. */
  readonly message?: string;
}

const folder = new URL('corpus/', import.meta.url);

describe.each(readdirSync(folder))('%s', (file) => {
  const cases = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Case[];

  test.each(cases)('$name', async ({ body = '', base64, query = '', message, ...expected }) => {
    const bytes = base64 === undefined ? Buffer.from(body) : Buffer.from(base64, 'base64');
    const response = await answer({ ...expected, query, body: bytes }, () => ({}));
    const error = errorIn(response);
    expect({ status: response.status, ...error }).toEqual({
      status: expected.status,
      code: expected.code,
      message: message ?? error.message,
    });
  });
});
