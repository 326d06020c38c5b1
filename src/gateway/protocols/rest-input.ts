import type { AwsError } from '../../kernel/aws-error.ts';
import type { Member, ServiceModel, StructureShape } from '../../models/model.ts';
import type { HttpRequest } from '../http/message.ts';
import { plainBytes } from './base64.ts';
import { httpList } from './header-list.ts';
import type { Call, Fields } from './protocol.ts';
import { parseForm } from './query-tree.ts';
import { segmentsOf } from './rest-routes.ts';
import { parseScalar } from './scalar-text.ts';
import { membersOf, setEntry, shapeOf, structureOf } from './shapes.ts';

/** How a REST protocol reads what stands in the body, and refuses what does not parse. */
export interface RestBodyReader {
  /** The members without a place of their own, out of a body that is not empty. */
  structure(model: ServiceModel, shape: StructureShape, body: Uint8Array): Fields;
  /** The member that is the body. */
  payload(model: ServiceModel, member: Member, body: Uint8Array): unknown;
  wrongValue(parameter: string, text: string): AwsError;
}

/** Puts an operation's input together from path, query, headers and body. */
export function decodeRest(call: Call, request: HttpRequest, reader: RestBodyReader): Fields {
  const { model, operation } = call;
  const shape = structureOf(model, operation.input);
  const members = membersOf(shape);
  const inBody = request.body.byteLength > 0 && members.some(([, { location }]) => !location);
  const fields = inBody ? reader.structure(model, shape, request.body) : {};
  const sources = new Sources(call, request, reader);
  for (const [key, member] of members) {
    if (!member.location) continue;
    const value = sources.valueOf(key, member);
    if (value !== undefined) fields[key] = value;
  }
  return fields;
}

/** Where in a request a member's value is looked up. */
class Sources {
  readonly #call: Call;
  readonly #request: HttpRequest;
  readonly #reader: RestBodyReader;
  readonly #query: readonly (readonly [string, string])[];
  readonly #labels: ReadonlyMap<string, string>;

  constructor(call: Call, request: HttpRequest, reader: RestBodyReader) {
    this.#call = call;
    this.#request = request;
    this.#reader = reader;
    this.#query = parseForm(request.query);
    this.#labels = labelsOf(call.operation.http?.uri ?? '', request.path);
  }

  valueOf(key: string, member: Member): unknown {
    const name = member.name ?? key;
    const { headers } = this.#request;
    switch (member.location) {
      case 'path':
        return this.#path(key, member);
      case 'query':
        return this.#fromQuery(name, member);
      case 'queryMap':
        return this.#queryMap(member);
      case 'header':
        return this.#header(name, member, headers[name.toLowerCase()]);
      case 'headers':
        return prefixedHeaders(headers, name.toLowerCase());
      case 'host':
        return headers['host']?.split('.')[0];
      case 'payload':
        return this.#payload(member);
      default:
        return undefined;
    }
  }

  #path(key: string, member: Member): unknown {
    const raw = this.#labels.get(key);
    if (raw === undefined) return undefined;
    try {
      return this.#scalar(key, member, decodeURIComponent(raw));
    } catch (error) {
      throw error instanceof URIError ? this.#reader.wrongValue(key, raw) : error;
    }
  }

  #fromQuery(name: string, member: Member): unknown {
    const values = this.#query.filter(([key]) => key === name).map(([, value]) => value);
    if (values[0] === undefined) return undefined;
    const shape = shapeOf(this.#call.model, member.shape);
    return shape.type === 'list'
      ? values.map((value) => this.#scalar(name, shape.member, value))
      : this.#scalar(name, member, values[0]);
  }

  /** All query parameters that no other member takes. */
  #queryMap(member: Member): Fields {
    const shape = shapeOf(this.#call.model, member.shape);
    const listed =
      shape.type === 'map' && shapeOf(this.#call.model, shape.value.shape).type === 'list';
    const taken = new Set(
      membersOf(structureOf(this.#call.model, this.#call.operation.input)).flatMap(([key, other]) =>
        other.location === 'query' ? [other.name ?? key] : [],
      ),
    );
    const fields: Fields = {};
    for (const [name, value] of this.#query) {
      if (taken.has(name)) continue;
      if (!listed) setEntry(fields, name, value);
      else if (Object.hasOwn(fields, name)) (fields[name] as string[]).push(value);
      else setEntry(fields, name, [value]);
    }
    return fields;
  }

  #header(name: string, member: Member, text: string | undefined): unknown {
    if (text === undefined) return undefined;
    const shape = shapeOf(this.#call.model, member.shape);
    if (shape.type !== 'list') return this.#scalar(name, member, text);
    const isDates = shapeOf(this.#call.model, shape.member.shape).type === 'timestamp';
    return httpList(text, isDates).map((item) => this.#scalar(name, shape.member, item));
  }

  #payload(member: Member): unknown {
    const { body } = this.#request;
    const shape = shapeOf(this.#call.model, member.shape);
    if (body.byteLength === 0 && !(shape.type === 'blob' && member.streaming)) return undefined;
    if (shape.type === 'blob') return plainBytes(body);
    if (shape.type === 'string') return Buffer.from(body).toString();
    return this.#reader.payload(this.#call.model, member, body);
  }

  #scalar(name: string, member: Member, text: string): unknown {
    const value = parseScalar(shapeOf(this.#call.model, member.shape), text);
    if (value === undefined) throw this.#reader.wrongValue(name, text);
    return value;
  }
}

/** The labels of a URI pattern with the text that stands in their place, still percent-encoded. */
function labelsOf(uri: string, path: string): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  const parts = segmentsOf(path);
  const pattern = segmentsOf(uri.split('?')[0]!);
  for (const [i, segment] of pattern.entries()) {
    const label = /^\{([^+}]+)(\+?)\}$/.exec(segment);
    if (!label) continue;
    const after = pattern.length - i - 1;
    const text = label[2] ? parts.slice(i, parts.length - after).join('/') : parts[i];
    if (text !== undefined) labels.set(label[1]!, text);
  }
  return labels;
}

function prefixedHeaders(headers: HttpRequest['headers'], prefix: string): Fields | undefined {
  const fields: Fields = {};
  for (const [name, value] of Object.entries(headers)) {
    if (name.startsWith(prefix)) setEntry(fields, name.slice(prefix.length), value);
  }
  return Object.keys(fields).length > 0 ? fields : undefined;
}
