import { AwsError } from '../../kernel/aws-error.ts';
import type { ServiceModel } from '../../models/model.ts';
import type { HttpRequest, HttpResponse } from '../http/message.ts';
import { errorFields, modelledError, statusOf } from './error-shape.ts';
import type { Call, Fields, PartialCall, Protocol } from './protocol.ts';
import { parametersOf, QueryInput, type QueryDialect } from './query-input.ts';
import { queryTree } from './query-tree.ts';
import { structureOf } from './shapes.ts';
import { escapeXml, XmlWriter } from './xml-writer.ts';

/** The query protocol of IAM, STS, CloudFormation and their age: a form in, XML out. */
export const awsQuery: Protocol = {
  name: 'aws-query',

  decode({ model, operation }: Call, request: HttpRequest): Fields {
    const tree = queryTree(parametersOf(request));
    return new QueryInput(model, dialect).structure(structureOf(model, operation.input), tree, '');
  },

  encode({ model, name, operation }: Call, output: Fields, requestId: string): HttpResponse {
    let result = '';
    if (operation.output !== undefined) {
      const wrapper = operation.resultWrapper ?? `${name}Result`;
      const shape = structureOf(model, operation.output);
      const members = new XmlWriter(model, 'if-any').members(shape, output);
      result = `<${wrapper}>${members}</${wrapper}>`;
    }
    const xml =
      `<${name}Response xmlns="${escapeXml(namespaceUri(model))}">${result}` +
      `<ResponseMetadata><RequestId>${escapeXml(requestId)}</RequestId></ResponseMetadata>` +
      `</${name}Response>`;
    return xmlResponse(200, xml, requestId);
  },

  encodeError({ model }: PartialCall, error: AwsError, requestId: string): HttpResponse {
    const modelled = modelledError(model, error.code);
    const code = modelled?.traits.code ?? error.code;
    const members = modelled
      ? new XmlWriter(model, 'if-any').members(modelled.shape, errorFields(error, modelled))
      : '';
    const xml =
      `<ErrorResponse xmlns="${escapeXml(namespaceUri(model))}"><Error>` +
      `<Type>${error.fault === 'client' ? 'Sender' : 'Receiver'}</Type>` +
      `<Code>${escapeXml(code)}</Code><Message>${escapeXml(error.message)}</Message>${members}` +
      `</Error><RequestId>${escapeXml(requestId)}</RequestId></ErrorResponse>`;
    return xmlResponse(statusOf(error, modelled), xml, requestId);
  },
};

const dialect: QueryDialect = {
  nameOf: (key, member) => member.name ?? key,
  flatLists: false,
  wrongValue: (parameter, text, type) =>
    new AwsError('MalformedInput', `Value '${text}' at '${parameter}' is not a valid ${type}`),
  wrongStructure: () => new AwsError('MalformedInput', 'Unexpected complex element termination'),
};

/** Services that moved to JSON (SQS) lost their namespace in the models. */
function namespaceUri(model: ServiceModel): string {
  return (
    model.xmlNamespace ?? `http://${model.endpointPrefix}.amazonaws.com/doc/${model.apiVersion}/`
  );
}

function xmlResponse(status: number, body: string, requestId: string): HttpResponse {
  return { status, headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId }, body };
}
