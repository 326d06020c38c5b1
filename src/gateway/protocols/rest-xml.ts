import { AwsError } from '../../kernel/aws-error.ts';
import type { Member, ServiceModel } from '../../models/model.ts';
import type { HttpRequest, HttpResponse } from '../http/message.ts';
import { unwrapAwsChunked } from './aws-chunked.ts';
import { errorFields, modelledError, statusOf } from './error-shape.ts';
import type { Call, Fields, PartialCall, Protocol } from './protocol.ts';
import { decodeRest, type RestBodyReader } from './rest-input.ts';
import { bodyOf, headersOf, statusIn, type RestBody, type RestBodyWriter } from './rest-output.ts';
import { structureOf } from './shapes.ts';
import { malformedXml, XmlInput } from './xml-input.ts';
import { parseXml, type XmlElement } from './xml-reader.ts';
import { escapeXml, namespaceOf, xmlDeclaration, XmlWriter } from './xml-writer.ts';

/** S3's and Route 53's protocol: XML bodies at paths of their own. */
export const restXml: Protocol = {
  name: 'rest-xml',

  decode(call: Call, request: HttpRequest): Fields {
    return decodeRest(call, unwrapAwsChunked(request), reader);
  },

  encode({ model, name, operation }: Call, output: Fields, requestId: string): HttpResponse {
    const shape = structureOf(model, operation.output);
    const written = operation.unwrappedOutput
      ? unwrapped(model, structureOf(model, operation.output).xmlName ?? name, output)
      : bodyOf(model, shape, operation.output ?? name, output, writer);
    const { contentType, body } = written ?? { body: '' };
    return {
      status: statusIn(shape, output) ?? operation.http?.code ?? 200,
      headers: {
        ...(contentType !== undefined && { 'content-type': contentType }),
        ...requestIds(model, requestId),
        ...headersOf(model, shape, output),
      },
      body,
    };
  },

  encodeError({ model }: PartialCall, error: AwsError, requestId: string): HttpResponse {
    const modelled = modelledError(model, error.code);
    return {
      status: statusOf(error, modelled),
      headers: {
        'content-type': model.service === 's3' ? 'application/xml' : 'text/xml',
        ...requestIds(model, requestId),
      },
      body:
        xmlDeclaration +
        (model.service === 's3'
          ? s3Error(error, requestId)
          : wrappedError(model, error, requestId)),
    };
  },
};

/** S3 has a second, opaque identifier: here it is the first in another dress. */
function hostId(requestId: string): string {
  return Buffer.from(requestId.repeat(2)).toString('base64');
}

function requestIds(model: ServiceModel, requestId: string): Record<string, string> {
  return model.service === 's3'
    ? { 'x-amz-request-id': requestId, 'x-amz-id-2': hostId(requestId) }
    : { 'x-amzn-requestid': requestId };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#RESTErrorResponses */
function s3Error(error: AwsError, requestId: string): string {
  let details = '';
  for (const [name, value] of Object.entries(error.members)) {
    if (typeof value === 'string' || typeof value === 'number') {
      details += `<${name}>${escapeXml(String(value))}</${name}>`;
    }
  }
  return (
    `<Error><Code>${escapeXml(error.code)}</Code><Message>${escapeXml(error.message)}</Message>` +
    `${details}<RequestId>${escapeXml(requestId)}</RequestId>` +
    `<HostId>${hostId(requestId)}</HostId></Error>`
  );
}

function wrappedError(model: ServiceModel, error: AwsError, requestId: string): string {
  const modelled = modelledError(model, error.code);
  const members = modelled
    ? new XmlWriter(model).members(modelled.shape, errorFields(error, modelled), hasPlace)
    : '';
  return (
    `<ErrorResponse${xmlnsOf(model)}><Error>` +
    `<Type>${error.fault === 'client' ? 'Sender' : 'Receiver'}</Type>` +
    `<Code>${escapeXml(modelled?.name ?? error.code)}</Code>` +
    `<Message>${escapeXml(error.message)}</Message>${members}</Error>` +
    `<RequestId>${escapeXml(requestId)}</RequestId></ErrorResponse>`
  );
}

function xmlnsOf(model: ServiceModel): string {
  return model.xmlNamespace === undefined ? '' : namespaceOf({ uri: model.xmlNamespace });
}

function hasPlace(member: Member): boolean {
  return member.location !== undefined;
}

function root(body: Uint8Array): XmlElement {
  const element = parseXml(body);
  if (!element) throw malformedXml();
  return element;
}

const reader: RestBodyReader = {
  structure: (model, shape, body) => new XmlInput(model).structure(shape, root(body)),
  payload: (model, member, body) => new XmlInput(model).value(member, [root(body)]),
  wrongValue: (parameter, text) =>
    new AwsError('InvalidArgument', `Argument ${parameter} has an invalid value: ${text}`),
};

const writer: RestBodyWriter = {
  structure(model, shape, name, fields) {
    const content = new XmlWriter(model).members(shape, fields, hasPlace);
    return document(model, shape.xmlName ?? name, content);
  },
  payload(model, member, value) {
    const shape = structureOf(model, member.shape);
    const content = new XmlWriter(model).members(shape, value as Fields);
    return document(model, member.name ?? shape.xmlName ?? member.shape, content);
  },
};

/** GetBucketLocation's answer is one element without another around it. */
function unwrapped(model: ServiceModel, name: string, output: Fields): RestBody {
  const [value = ''] = Object.values(output);
  return document(model, name, escapeXml(value as string));
}

function document(model: ServiceModel, name: string, content: string): RestBody {
  return {
    contentType: model.service === 's3' ? 'application/xml' : 'text/xml',
    body: `${xmlDeclaration}<${name}${xmlnsOf(model)}>${content}</${name}>`,
  };
}
