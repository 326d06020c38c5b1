import { AwsError } from '../../kernel/aws-error.ts';
import { ec2ParameterName } from '../../models/ec2-parameter.ts';
import type { HttpRequest, HttpResponse } from '../http/message.ts';
import type { Call, Fields, PartialCall, Protocol } from './protocol.ts';
import { parametersOf, QueryInput, type QueryDialect } from './query-input.ts';
import { queryTree } from './query-tree.ts';
import { structureOf } from './shapes.ts';
import { escapeXml, xmlDeclaration, XmlWriter } from './xml-writer.ts';

/** EC2's own query protocol: capitals, lists without `member`, and no wrapper around the result. */
export const ec2Query: Protocol = {
  name: 'ec2-query',

  decode({ model, operation }: Call, request: HttpRequest): Fields {
    const parameters = parametersOf(request).filter(([name]) => !isEnvelope(name));
    const shape = structureOf(model, operation.input);
    return new QueryInput(model, dialect).structure(shape, queryTree(parameters), '');
  },

  encode({ model, name, operation }: Call, output: Fields, requestId: string): HttpResponse {
    const shape = structureOf(model, operation.output);
    const members = new XmlWriter(model).members(shape, output);
    // https://docs.aws.amazon.com/AWSEC2/latest/APIReference/making-api-requests.html: an operation
    // without a result answers <return>true</return>.
    const result = operation.output === undefined ? '<return>true</return>' : members;
    const xmlns = model.xmlNamespace ?? `http://ec2.amazonaws.com/doc/${model.apiVersion}/`;
    const xml =
      `<${name}Response xmlns="${escapeXml(xmlns.replace(/\/?$/, '/'))}">` +
      `<requestId>${escapeXml(requestId)}</requestId>${result}</${name}Response>`;
    return xmlResponse(200, xml, requestId);
  },

  encodeError(_call: PartialCall, error: AwsError, requestId: string): HttpResponse {
    const xml =
      `<Response><Errors><Error><Code>${escapeXml(error.code)}</Code>` +
      `<Message>${escapeXml(error.message)}</Message></Error></Errors>` +
      `<RequestID>${escapeXml(requestId)}</RequestID></Response>`;
    return xmlResponse(error.status, xml, requestId);
  },
};

const dialect: QueryDialect = {
  nameOf: ec2ParameterName,
  flatLists: true,
  wrongValue: (parameter, text) =>
    new AwsError('InvalidParameterValue', `Value (${text}) for parameter ${parameter} is invalid.`),
  wrongStructure: (parameter) => unknownParameter(parameter),
  unknownParameter,
};

function unknownParameter(parameter: string): AwsError {
  return new AwsError('UnknownParameter', `The parameter ${parameter} is not recognized`);
}

/** What every query request may carry beside the operation's own parameters. */
const envelope = new Set([
  'Action',
  'Version',
  'AWSAccessKeyId',
  'SecurityToken',
  'Signature',
  'SignatureMethod',
  'SignatureVersion',
  'Timestamp',
  'Expires',
]);

function isEnvelope(name: string): boolean {
  return envelope.has(name) || name.toLowerCase().startsWith('x-amz-');
}

function xmlResponse(status: number, xml: string, requestId: string): HttpResponse {
  return {
    status,
    headers: { 'content-type': 'text/xml;charset=UTF-8', 'x-amzn-requestid': requestId },
    body: xmlDeclaration + xml,
  };
}
