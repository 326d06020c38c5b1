import { encode } from 'cborg';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadModel, serviceNames } from '../../models/load.ts';
import type { HttpRequest } from '../http/message.ts';
import { parseAwsChunked } from './aws-chunked.ts';
import { errorIn } from '../../../test/error-reader.ts';
import { answer } from '../../../test/scripted-server.ts';

/** Whether a request is either decoded or refused with an error that is the client's. */
async function isAnswered(request: HttpRequest): Promise<boolean> {
  const response = await answer(request, () => ({}));
  return response.status < 400 || (response.status < 500 && errorIn(response).code !== '');
}

const operations = serviceNames().flatMap((service) =>
  Object.keys(loadModel(service).operations).map((name) => ({ model: loadModel(service), name })),
);
const speaking = (...protocols: readonly string[]): fc.Arbitrary<(typeof operations)[number]> =>
  fc.constantFrom(
    ...operations.filter(({ model }) => model.protocols.some((name) => protocols.includes(name))),
  );

/** Objects with the members of an operation's input, and values that may be of any type. */
function almostInput({ model, name }: (typeof operations)[number]): fc.Arbitrary<unknown> {
  const shape = model.shapes[model.operations[name]!.input ?? ''];
  const members = shape?.type === 'structure' ? Object.keys(shape.members) : [];
  const key = fc.oneof(fc.constantFrom('__proto__', 'toString', ...members), fc.string());
  return fc.oneof(
    fc.jsonValue({ maxDepth: 4 }),
    fc.dictionary(key, fc.jsonValue({ maxDepth: 5 }), { maxKeys: 6 }),
  );
}

function post(headers: Record<string, string>, body: Uint8Array, path = '/'): HttpRequest {
  return { method: 'POST', path, query: '', headers, body };
}

/** Well-formed bytes with a few of them changed, or cut off. */
function damaged(bytes: Uint8Array): fc.Arbitrary<Uint8Array> {
  return fc
    .tuple(fc.nat(bytes.length), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }))
    .map(([kept, changes]) => {
      const copy = Uint8Array.from(changes.length === 0 ? bytes.subarray(0, kept) : bytes);
      for (const [at, byte] of changes) if (copy.length > 0) copy[at % copy.length] = byte;
      return copy;
    });
}

const jsonBody = speaking('aws-json-1.0', 'aws-json-1.1').chain((operation) =>
  almostInput(operation).chain((input) => {
    const bytes = Buffer.from(JSON.stringify(input));
    return fc.tuple(fc.constant(operation), fc.oneof(fc.constant(bytes), damaged(bytes)));
  }),
);

const awsJsonRequest = jsonBody.map(([{ model, name }, body]) =>
  post({ 'x-amz-target': `${model.targetPrefix}.${name}` }, body),
);

const cborBody = speaking('cbor').chain((operation) =>
  almostInput(operation).chain((input) => {
    const bytes = encode(input);
    const any = fc.oneof(fc.constant(bytes), damaged(bytes), fc.uint8Array({ maxLength: 64 }));
    return fc.tuple(fc.constant(operation), any);
  }),
);

const cborRequest = cborBody.map(([{ model, name }, body]) =>
  post(
    { 'smithy-protocol': 'rpc-v2-cbor' },
    body,
    `/service/${model.cborServiceName}/operation/${name}`,
  ),
);

const step = fc.oneof(
  fc.constantFrom(
    'member',
    'entry',
    '1',
    '2',
    '999999999',
    '1000000000000',
    'key',
    '__proto__',
    '',
  ),
  fc.string({ maxLength: 8 }),
);

const formBody = speaking('aws-query', 'ec2-query').chain((operation) => {
  const shape = operation.model.shapes[operation.model.operations[operation.name]!.input ?? ''];
  const members = shape?.type === 'structure' ? Object.keys(shape.members) : [];
  const name = fc
    .tuple(fc.constantFrom('Filter', ...members), fc.array(step, { maxLength: 5 }))
    .map((steps) => steps.flat().join('.'));
  const value = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('true', '1', '2026-01-01'));
  return fc.tuple(fc.constant(operation), fc.array(fc.tuple(name, value), { maxLength: 8 }));
});

const queryRequest = fc
  .tuple(formBody, fc.boolean())
  .map(([[{ model, name }, parameters], encoded]) => {
    const form = parameters.map(([key, value]) => {
      const text = Buffer.from(value).toString('utf8');
      return encoded ? `${encodeURIComponent(key)}=${encodeURIComponent(text)}` : `${key}=${text}`;
    });
    const body = [`Action=${name}`, `Version=${model.apiVersion}`, ...form].join('&');
    return post({ 'content-type': 'application/x-www-form-urlencoded' }, Buffer.from(body));
  });

const xml = fc.letrec<{ element: string; content: string }>((tie) => ({
  element: fc
    .tuple(
      fc.constantFrom(
        'Status',
        'Part',
        'PartNumber',
        'Rule',
        'Grant',
        'Grantee',
        'Tag',
        'a:b',
        '?',
      ),
      fc.constantFrom('', ' xsi:type="x"', ' a="&lt;"', ' a', ' xmlns="u"'),
      tie('content'),
    )
    .map(([name, attributes, content]) => `<${name}${attributes}>${content}</${name}>`),
  content: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom('', 'x', '1', '&amp;', '&#x0;', '&nope;', '<![CDATA[x]]>', '<!-- -->', '<'),
    fc.array(tie('element'), { maxLength: 4 }).map((elements) => elements.join('')),
  ),
})).element;

const restRequest = speaking('rest-xml', 'rest-json').chain(({ model, name }) => {
  const { method, uri } = model.operations[name]!.http!;
  const [pattern = '/', literals = ''] = uri.split('?');
  const label = fc.oneof(fc.constantFrom('a', '%2F', '%zz', '%FF', '..', ''), fc.webPath());
  const body = fc.oneof(
    xml.map((text) => Buffer.from(text)),
    fc.jsonValue().map((value) => Buffer.from(JSON.stringify(value))),
    fc.uint8Array({ maxLength: 32 }),
  );
  return fc.record({
    method: fc.constant(method),
    path: label.map((text) => pattern.replaceAll(/\{[^}]+\}/g, text)),
    query: fc.webQueryParameters().map((query) => `${literals}&${query}`),
    headers: fc.constant({
      authorization: `AWS4-HMAC-SHA256 Credential=k/20260101/r/${model.signingName}/aws4_request`,
      'x-amz-meta-a': '=?UTF-8?B??=',
      range: 'bytes=',
      'if-modified-since': 'Thu',
    }),
    body,
  });
});

const anyRequest = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'HEAD', 'DELETE', 'OPTIONS', 'BREW'),
  path: fc.oneof(fc.webPath(), fc.string()).map((path) => `/${path}`),
  query: fc.oneof(fc.webQueryParameters(), fc.string()),
  headers: fc.dictionary(
    fc.constantFrom('host', 'authorization', 'x-amz-target', 'content-type', 'range'),
    fc.oneof(
      fc.constantFrom('s3.localhost', 'a.b.s3.localhost', '.localhost', '..', '[::1]:80'),
      fc.constantFrom('application/x-www-form-urlencoded', 'application/json', 'AWS a:b'),
      fc.string(),
    ),
  ),
  body: fc.uint8Array({ maxLength: 64 }),
});

test.each<[string, fc.Arbitrary<HttpRequest>]>([
  ['AWS JSON', awsJsonRequest],
  ['CBOR', cborRequest],
  ['the query protocols', queryRequest],
  ['the REST protocols', restRequest],
  ['any request at all', anyRequest],
])('%s', async (_name, requests) => {
  const property = fc.asyncProperty(requests, isAnswered);
  await expect(fc.assert(property, { numRuns: 300 })).resolves.toBeUndefined();
});

test('chunked bodies come apart as they were put together', () => {
  const property = fc.property(fc.array(fc.uint8Array({ minLength: 1 })), (parts) => {
    const framed = parts.flatMap((part) => [
      Buffer.from(`${part.length.toString(16)}\r\n`),
      part,
      Buffer.from('\r\n'),
    ]);
    const parsed = parseAwsChunked(Buffer.concat([...framed, Buffer.from('0\r\na: b\r\n\r\n')]));
    return Buffer.concat(parts).equals(parsed.body) && parsed.trailers['a'] === 'b';
  });
  expect(() => fc.assert(property)).not.toThrow();
});
