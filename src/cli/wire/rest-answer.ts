import { httpList } from '../../gateway/protocols/header-list.ts';
import { jsonScalar } from '../../gateway/protocols/json-scalar.ts';
import type { Call, Fields } from '../../gateway/protocols/protocol.ts';
import { parseScalar } from '../../gateway/protocols/scalar-text.ts';
import { membersOf, shapeOf, structureOf } from '../../gateway/protocols/shapes.ts';
import { TreeReader } from '../../gateway/protocols/tree-reader.ts';
import { XmlInput } from '../../gateway/protocols/xml-input.ts';
import type { Member, ServiceModel } from '../../models/model.ts';
import { jsonOf, xmlOf, type Answer } from './decode.ts';
import { protocolOf } from './encode.ts';

/** Puts an output together from status, headers and body. */
export function decodeRestAnswer(call: Call, answer: Answer): Fields {
  const { model, operation } = call;
  const members = membersOf(structureOf(model, operation.output));
  const fields = members.some(([, { location }]) => !location) ? bodyFields(call, answer) : {};
  for (const [key, member] of members) {
    if (!member.location) continue;
    const value = placedValue(model, key, member, answer);
    if (value !== undefined) fields[key] = value;
  }
  return fields;
}

function bodyFields({ model, operation }: Call, answer: Answer): Fields {
  const shape = structureOf(model, operation.output);
  if (answer.body.byteLength === 0) return {};
  if (protocolOf(model) === 'rest-json') {
    const reader = new TreeReader(model, jsonScalar, true);
    return reader.structure(shape, jsonOf(answer), (member) => !member.location);
  }
  const root = xmlOf(answer);
  if (!operation.unwrappedOutput) return new XmlInput(model).structure(shape, root);
  const [key, member] = membersOf(shape)[0]!;
  return { [key]: new XmlInput(model).value(member, [root]) };
}

function placedValue(model: ServiceModel, key: string, member: Member, answer: Answer): unknown {
  const name = (member.name ?? key).toLowerCase();
  switch (member.location) {
    case 'status':
      return answer.status;
    case 'header':
      return headerValue(model, member, answer.headers[name]);
    case 'headers': {
      const entries = Object.entries(answer.headers)
        .filter(([header]) => header.startsWith(name))
        .map(([header, value]) => [header.slice(name.length), value]);
      return Object.fromEntries(entries) as Fields;
    }
    case 'payload':
      return payloadValue(model, member, answer);
    default:
      return undefined;
  }
}

function headerValue(model: ServiceModel, member: Member, text: string | undefined): unknown {
  if (text === undefined) return undefined;
  const shape = shapeOf(model, member.shape);
  if (shape.type !== 'list') return parseScalar(shape, text) ?? text;
  const item = shapeOf(model, shape.member.shape);
  return httpList(text, item.type === 'timestamp').map((each) => parseScalar(item, each) ?? each);
}

function payloadValue(model: ServiceModel, member: Member, answer: Answer): unknown {
  const { body } = answer;
  const { type } = shapeOf(model, member.shape);
  if (type === 'blob') return body;
  if (body.byteLength === 0) return undefined;
  if (type === 'string') return Buffer.from(body).toString();
  return protocolOf(model) === 'rest-json'
    ? new TreeReader(model, jsonScalar, true).value(member, jsonOf(answer))
    : new XmlInput(model).value(member, [xmlOf(answer)]);
}
