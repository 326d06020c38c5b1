import { AwsError } from '../../kernel/aws-error.ts';
import type { HttpRequest, HttpResponse } from '../http/message.ts';
import { errorFields, messageMember, modelledError, statusOf } from './error-shape.ts';
import { jsonScalar } from './json-scalar.ts';
import { JsonOutput } from './json-output.ts';
import { parseJson } from './json-text.ts';
import type { Call, Fields, PartialCall, Protocol } from './protocol.ts';
import { decodeRest, type RestBodyReader } from './rest-input.ts';
import { bodyOf, headersOf, statusIn, type RestBodyWriter } from './rest-output.ts';
import { structureOf } from './shapes.ts';
import { TreeReader } from './tree-reader.ts';

/** Lambda's and API Gateway's protocol: JSON bodies at paths of their own. */
export const restJson: Protocol = {
  name: 'rest-json',

  decode(call: Call, request: HttpRequest): Fields {
    return decodeRest(call, request, reader);
  },

  encode({ model, name, operation }: Call, output: Fields, requestId: string): HttpResponse {
    const shape = structureOf(model, operation.output);
    const status = statusIn(shape, output) ?? operation.http?.code ?? 200;
    const written = bodyOf(model, shape, operation.output ?? name, output, jsonBody);
    const isEmpty = operation.output === undefined || status === 204;
    const { contentType = json, body } = written ?? { body: isEmpty ? '' : '{}' };
    return {
      status,
      headers: {
        ...(body !== '' && { 'content-type': contentType }),
        'x-amzn-requestid': requestId,
        ...headersOf(model, shape, output),
      },
      body,
    };
  },

  encodeError({ model }: PartialCall, error: AwsError, requestId: string): HttpResponse {
    const modelled = modelledError(model, error.code);
    const fields = errorFields(error, modelled);
    const message = messageMember(modelled, 'message');
    const members = modelled
      ? new JsonOutput(model, true).members(modelled.shape, fields, (member) => !member.location)
      : '';
    return {
      status: statusOf(error, modelled),
      headers: {
        'content-type': json,
        'x-amzn-requestid': requestId,
        'x-amzn-errortype': modelled?.name ?? error.code,
        ...(modelled && headersOf(model, modelled.shape, fields)),
      },
      body: `{"${message}":${JSON.stringify(error.message)}${members === '' ? '' : `,${members}`}}`,
    };
  },
};

const json = 'application/json';

const reader: RestBodyReader = {
  structure: (model, shape, body) =>
    new TreeReader(model, jsonScalar, true).structure(
      shape,
      parseJson(body),
      (member) => !member.location,
    ),
  payload: (model, member, body) =>
    new TreeReader(model, jsonScalar, true).value(member, parseJson(body)),
  wrongValue: (parameter, text) =>
    new AwsError('SerializationException', `Value '${text}' at '${parameter}' cannot be converted`),
};

/** A body in JSON: what the server answers and what our command line sends are written alike. */
export const jsonBody: RestBodyWriter = {
  structure: (model, shape, _name, fields) => ({
    contentType: json,
    body: new JsonOutput(model, true).structure(shape, fields, (member) => !member.location),
  }),
  payload: (model, member, value) => ({
    contentType: json,
    body: new JsonOutput(model, true).value(member, value),
  }),
};
