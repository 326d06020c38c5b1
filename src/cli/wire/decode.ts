import { jsonScalar } from '../../gateway/protocols/json-scalar.ts';
import type { Call, Fields } from '../../gateway/protocols/protocol.ts';
import { structureOf } from '../../gateway/protocols/shapes.ts';
import { TreeReader } from '../../gateway/protocols/tree-reader.ts';
import { XmlInput } from '../../gateway/protocols/xml-input.ts';
import { parseXml, type XmlElement } from '../../gateway/protocols/xml-reader.ts';
import { Failure } from '../failure.ts';
import { protocolOf } from './encode.ts';
import { decodeRestAnswer } from './rest-answer.ts';

/** An answer as it came over the wire. */
export interface Answer {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Reads an answer by the model. Members that the model lacks are left out. */
export function decodeAnswer(call: Call, answer: Answer): Fields {
  const { model, name, operation } = call;
  const shape = structureOf(model, operation.output);
  switch (protocolOf(model)) {
    case 'aws-json-1.0':
    case 'aws-json-1.1':
      return new TreeReader(model, jsonScalar).structure(shape, jsonOf(answer));
    case 'ec2-query':
      return new XmlInput(model).structure(shape, xmlOf(answer));
    case 'aws-query': {
      if (operation.output === undefined) return {};
      const wrapper = operation.resultWrapper ?? `${name}Result`;
      const result = xmlOf(answer).children.find((child) => child.name === wrapper);
      return result ? new XmlInput(model).structure(shape, result) : {};
    }
    case 'rest-json':
    case 'rest-xml':
      return decodeRestAnswer(call, answer);
  }
}

/** The document's root element. @throws Failure where the body is none */
export function xmlOf(answer: Answer): XmlElement {
  const root = parseXml(answer.body);
  if (!root) throw unreadable(answer, 'XML');
  return root;
}

/** The parsed body; an empty one is an empty object. @throws Failure where it is no JSON */
export function jsonOf(answer: Answer): unknown {
  if (answer.body.byteLength === 0) return {};
  try {
    return JSON.parse(Buffer.from(answer.body).toString()) as unknown;
  } catch {
    throw unreadable(answer, 'JSON');
  }
}

function unreadable({ status, body }: Answer, kind: string): Failure {
  const start = Buffer.from(body).toString().slice(0, 200);
  return new Failure(
    `Unable to parse response: HTTP status ${status} with a body that is no ${kind}: ${start}`,
  );
}
