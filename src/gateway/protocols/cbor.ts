import * as cborg from 'cborg';
import { AwsError } from '../../kernel/aws-error.ts';
import { WireJson } from '../../kernel/wire-json.ts';
import type { Shape, StructureShape } from '../../models/model.ts';
import type { HttpRequest, HttpResponse } from '../http/message.ts';
import { queryErrorHeader } from './aws-json.ts';
import { toBase64 } from './base64.ts';
import { cborTree } from './cbor-output.ts';
import { errorFields, messageMember, modelledError, statusOf } from './error-shape.ts';
import { errorType } from './error-type.ts';
import { jsonScalar, wrongType } from './json-scalar.ts';
import { refuseDepth, serializationException } from './json-text.ts';
import type { Call, Fields, PartialCall, Protocol } from './protocol.ts';
import { structureOf } from './shapes.ts';
import { fromEpochSeconds, toEpochSeconds } from './timestamps.ts';
import { TreeReader } from './tree-reader.ts';

/**
 * RPC v2 CBOR: the operation in the path, CBOR both ways.
 * https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html
 */
export const cbor: Protocol = {
  name: 'cbor',

  decode({ model, operation }: Call, request: HttpRequest): Fields {
    const shape = structureOf(model, operation.input);
    return new TreeReader(model, cborScalar).structure(shape, parseCbor(request.body));
  },

  encode({ model, operation }: Call, output: Fields, requestId: string): HttpResponse {
    const tree =
      operation.output === undefined
        ? {}
        : cborTree(model, structureOf(model, operation.output), output);
    return response(200, tree, requestId);
  },

  encodeError({ model }: PartialCall, error: AwsError, requestId: string): HttpResponse {
    const modelled = modelledError(model, error.code);
    const answer = response(
      statusOf(error, modelled),
      {
        __type: errorType(model, error.code),
        [messageMember(modelled, 'message')]: error.message,
        ...(modelled && cborTree(model, modelled.shape, errorFields(error, modelled))),
      },
      requestId,
    );
    return model.awsQueryCompatible
      ? { ...answer, headers: { ...answer.headers, ...queryErrorHeader(model, error) } }
      : answer;
  },

  decodeWire({ model, operation }: Call, request: HttpRequest): Fields {
    const shape = structureOf(model, operation.input);
    return new TreeReader(model, cborToJson).structure(shape, parseCbor(request.body));
  },

  encodeWire(
    { model, operation }: Call,
    output: Fields | WireJson,
    requestId: string,
  ): HttpResponse {
    const shape: StructureShape = structureOf(model, operation.output);
    const json: unknown = output instanceof WireJson ? output.parse() : output;
    const fields = new TreeReader(model, jsonScalar).structure(shape, json);
    return response(200, cborTree(model, shape, fields), requestId);
  },
};

const decodeOptions: cborg.DecodeOptions = {
  allowBigInt: true,
  coerceUndefinedToNull: true,
  tags: { 1: (decode) => fromEpochSeconds(Number(decode())) },
};

function parseCbor(bytes: Uint8Array): unknown {
  if (bytes.byteLength === 0) return {};
  try {
    const value: unknown = cborg.decode(bytes, decodeOptions);
    refuseDepth(value);
    return value;
  } catch (error) {
    if (error instanceof AwsError) throw error;
    throw serializationException();
  }
}

function cborScalar(shape: Shape, value: unknown): unknown {
  if (shape.type === 'blob') {
    if (value instanceof Uint8Array) return value;
    throw wrongType(shape.type, value);
  }
  if (shape.type === 'timestamp' && value instanceof Date) return value;
  return jsonScalar(shape, typeof value === 'bigint' ? Number(value) : value);
}

/** A scalar as JSON would have spelled it, for operations that work on JSON. */
function cborToJson(shape: Shape, value: unknown): unknown {
  const read = cborScalar(shape, value);
  if (read instanceof Uint8Array) return toBase64(read);
  return read instanceof Date ? toEpochSeconds(read) : read;
}

function response(status: number, tree: unknown, requestId: string): HttpResponse {
  return {
    status,
    headers: {
      'content-type': 'application/cbor',
      'smithy-protocol': 'rpc-v2-cbor',
      'x-amzn-requestid': requestId,
    },
    body: cborg.encode(tree, { ignoreUndefinedProperties: true }),
  };
}
