import { JsonOutput } from '../../gateway/protocols/json-output.ts';
import type { Call, Fields } from '../../gateway/protocols/protocol.ts';
import { jsonBody } from '../../gateway/protocols/rest-json.ts';
import { bodyOf, type RestBodyWriter } from '../../gateway/protocols/rest-output.ts';
import { structureOf } from '../../gateway/protocols/shapes.ts';
import { namespaceOf, XmlWriter } from '../../gateway/protocols/xml-writer.ts';
import { uriEncode } from '../../identity/signature.ts';
import type { Member, ProtocolName, ServiceModel } from '../../models/model.ts';
import { QueryParameters, type QueryFlavour } from './query-parameters.ts';
import { restTarget } from './rest-request.ts';

/** A request that lacks only its signature. */
export interface UnsignedRequest {
  readonly method: string;
  /** Percent-encoded. */
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** The protocol that the command line calls a service in: the SDK's default, CBOR excepted. */
export function protocolOf({ protocols }: ServiceModel): Exclude<ProtocolName, 'cbor'> {
  return protocols.find((name): name is Exclude<ProtocolName, 'cbor'> => name !== 'cbor')!;
}

/** Writes an input, by the model's members and types, as a request. */
export function encodeRequest(call: Call, input: Fields): UnsignedRequest {
  const protocol = protocolOf(call.model);
  switch (protocol) {
    case 'aws-json-1.0':
    case 'aws-json-1.1':
      return jsonRequest(call, input, protocol);
    case 'aws-query':
    case 'ec2-query':
      return queryRequest(call, input, protocol);
    case 'rest-json':
      return restRequest(call, input, jsonBody);
    case 'rest-xml':
      return restRequest(call, input, xmlBody);
  }
}

function jsonRequest(
  { model, name, operation }: Call,
  input: Fields,
  protocol: string,
): UnsignedRequest {
  const json = new JsonOutput(model).structure(structureOf(model, operation.input), input);
  return {
    method: 'POST',
    path: '/',
    query: '',
    headers: {
      'content-type': `application/x-amz-json-${protocol.slice(-3)}`,
      'x-amz-target': `${model.targetPrefix}.${name}`,
    },
    body: Buffer.from(json),
  };
}

function queryRequest(
  { model, name, operation }: Call,
  input: Fields,
  flavour: QueryFlavour,
): UnsignedRequest {
  const parameters = new QueryParameters(model, flavour);
  parameters.pairs.push(['Action', name], ['Version', model.apiVersion]);
  parameters.structure(structureOf(model, operation.input), input, '');
  const form = parameters.pairs.map(([key, value]) => `${uriEncode(key)}=${uriEncode(value)}`);
  return {
    method: 'POST',
    path: '/',
    query: '',
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body: Buffer.from(form.join('&')),
  };
}

function restRequest(call: Call, input: Fields, writer: RestBodyWriter): UnsignedRequest {
  const { model, name, operation } = call;
  const shape = structureOf(model, operation.input);
  const { path, query, headers } = restTarget(call, input);
  const written = bodyOf(model, shape, operation.input ?? name, input, writer);
  const contentType = written?.contentType;
  return {
    method: operation.http?.method ?? 'POST',
    path,
    query,
    headers: { ...(contentType !== undefined && { 'content-type': contentType }), ...headers },
    body: Buffer.from(written?.body ?? ''),
  };
}

const xmlBody: RestBodyWriter = {
  structure: (model, shape, name, fields) => {
    const members = new XmlWriter(model, 'if-any').members(shape, fields, ({ location }) =>
      Boolean(location),
    );
    if (members === '') return { body: '' };
    const root = shape.xmlName ?? name;
    const xmlns = namespaceOf(defaultNamespace(model));
    return { contentType: 'application/xml', body: `<${root}${xmlns}>${members}</${root}>` };
  },
  payload: (model, member, value) => {
    const root = { ...member, xmlNamespace: member.xmlNamespace ?? defaultNamespace(model) };
    const body = new XmlWriter(model, 'if-any').element(member.name ?? member.shape, root, value);
    return { contentType: 'application/xml', body };
  },
};

function defaultNamespace({ xmlNamespace: uri }: ServiceModel): Member['xmlNamespace'] {
  return uri === undefined ? undefined : { uri };
}
