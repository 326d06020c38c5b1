import { crc32 } from 'node:zlib';
import type { AwsError } from '../../kernel/aws-error.ts';
import { WireJson } from '../../kernel/wire-json.ts';
import type { ServiceModel } from '../../models/model.ts';
import type { HttpRequest, HttpResponse } from '../http/message.ts';

import { errorType } from './error-type.ts';
import { errorFields, messageMember, modelledError, statusOf } from './error-shape.ts';
import { jsonScalar } from './json-scalar.ts';
import { JsonOutput } from './json-output.ts';
import { parseJson, serializationException } from './json-text.ts';
import type { Call, Fields, PartialCall, Protocol } from './protocol.ts';
import { isFields, structureOf } from './shapes.ts';
import { TreeReader } from './tree-reader.ts';

/** AWS JSON 1.0 and 1.1: the operation in `X-Amz-Target`, everything else in the body. */
function awsJson(version: '1.0' | '1.1'): Protocol {
  const contentType = `application/x-amz-json-${version}`;

  function response(
    model: ServiceModel,
    status: number,
    json: string | Uint8Array,
    requestId: string,
  ): HttpResponse {
    const headers: Record<string, string> = {
      'content-type': contentType,
      'x-amzn-requestid': requestId,
    };
    if (!sendsCrc32.has(model.targetPrefix ?? '')) return { status, headers, body: json };
    const body = typeof json === 'string' ? Buffer.from(json) : json;
    headers['x-amz-crc32'] = String(crc32(body));
    return { status, headers, body };
  }

  return {
    name: `aws-json-${version}`,

    decode({ model, operation }: Call, request: HttpRequest): Fields {
      const shape = structureOf(model, operation.input);
      return new TreeReader(model, jsonScalar).structure(shape, parseJson(request.body));
    },

    encode({ model, operation }: Call, output: Fields, requestId: string): HttpResponse {
      const shape = structureOf(model, operation.output);
      const json =
        operation.output === undefined ? '{}' : new JsonOutput(model).structure(shape, output);
      return response(model, 200, json, requestId);
    },

    encodeError({ model }: PartialCall, error: AwsError, requestId: string): HttpResponse {
      const modelled = modelledError(model, error.code);
      const answer = response(model, statusOf(error, modelled), errorJson(model, error), requestId);
      return model.awsQueryCompatible
        ? { ...answer, headers: { ...answer.headers, ...queryErrorHeader(model, error) } }
        : answer;
    },

    decodeWire(_call: Call, request: HttpRequest): Fields {
      const value = parseJson(request.body);
      if (isFields(value)) return value;
      throw serializationException('Unexpected value type in payload');
    },

    encodeWire({ model }: Call, output: Fields | WireJson, requestId: string): HttpResponse {
      const json = output instanceof WireJson ? output.bytes : JSON.stringify(output);
      return response(model, 200, json, requestId);
    },
  };
}

export const awsJson10 = awsJson('1.0');
export const awsJson11 = awsJson('1.1');

/** DynamoDB and its streams sum up their answers, and the older SDKs check it. */
const sendsCrc32 = new Set(['DynamoDB_20120810', 'DynamoDBStreams_20120810']);

/** Errors of AWS's framework that spell their text with a capital, as observed. */
const capitalMessage = new Set([
  'SerializationException',
  'AccessDeniedException',
  'InternalFailure',
]);

function errorJson(model: ServiceModel, error: AwsError): string {
  const modelled = modelledError(model, error.code);
  const otherwise = capitalMessage.has(error.code) ? 'Message' : 'message';
  let json = `{"__type":${JSON.stringify(errorType(model, error.code))}`;
  if (error.message !== '') {
    json += `,"${messageMember(modelled, otherwise)}":${JSON.stringify(error.message)}`;
  }
  if (modelled) {
    const members = new JsonOutput(model).members(modelled.shape, errorFields(error, modelled));
    if (members !== '') json += `,${members}`;
  }
  return `${json}}`;
}

/** https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#aws-protocols-awsquerycompatible-trait */
export function queryErrorHeader(
  model: ServiceModel,
  error: AwsError,
): Readonly<Record<string, string>> {
  const code = modelledError(model, error.code)?.traits.code ?? error.code;
  return { 'x-amzn-query-error': `${code};${error.fault === 'client' ? 'Sender' : 'Receiver'}` };
}
