import type { Member, ServiceModel, StructureShape } from '../../models/model.ts';
import { blobBytes } from './base64.ts';
import { formatHttpList, headerText } from './header-list.ts';
import type { Fields } from './protocol.ts';
import { formatScalar } from './scalar-text.ts';
import { membersOf, shapeOf } from './shapes.ts';

/** A body and what it is. */
export interface RestBody {
  readonly contentType?: string;
  readonly body: Uint8Array | string;
}

/** How a REST protocol writes what stands in the body. */
export interface RestBodyWriter {
  /** The members without a place of their own, of which there is at least one in the model. */
  structure(model: ServiceModel, shape: StructureShape, name: string, fields: Fields): RestBody;
  /** The member that is the body, when it is neither bytes nor text. */
  payload(model: ServiceModel, member: Member, value: unknown): RestBody;
}

/** The headers that members of an output or an error go to. */
export function headersOf(
  model: ServiceModel,
  shape: StructureShape,
  fields: Fields,
): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [key, member] of membersOf(shape)) {
    const value = fields[key];
    if (value === undefined || value === null) continue;
    const name = (member.name ?? key).toLowerCase();
    if (member.location === 'header') headers[name] = headerText(textOf(model, member, value));
    if (member.location !== 'headers') continue;
    for (const [suffix, text] of Object.entries(value as Record<string, string | undefined>)) {
      if (text !== undefined) headers[name + suffix.toLowerCase()] = headerText(text);
    }
  }
  return headers;
}

function textOf(model: ServiceModel, member: Member, value: unknown): string {
  const shape = shapeOf(model, member.shape);
  if (shape.type !== 'list') return formatScalar(shape, value, 'http-date');
  const item = shapeOf(model, shape.member.shape);
  const texts = (value as unknown[]).map((each) => formatScalar(item, each, 'http-date'));
  return item.type === 'timestamp' ? texts.join(', ') : formatHttpList(texts);
}

/** The status that an output's own member gives, if one does. */
export function statusIn(shape: StructureShape, fields: Fields): number | undefined {
  const [key] = membersOf(shape).find(([, { location }]) => location === 'status') ?? [];
  return key === undefined ? undefined : (fields[key] as number | undefined);
}

/** The body of an output; undefined where the model puts nothing there. */
export function bodyOf(
  model: ServiceModel,
  shape: StructureShape,
  name: string,
  fields: Fields,
  writer: RestBodyWriter,
): RestBody | undefined {
  const members = membersOf(shape);
  const [key, payload] = members.find(([, { location }]) => location === 'payload') ?? [];
  if (key === undefined || !payload) {
    return members.some(([, { location }]) => !location)
      ? writer.structure(model, shape, name, fields)
      : undefined;
  }
  const value = fields[key];
  if (value === undefined || value === null) return undefined;
  const { type } = shapeOf(model, payload.shape);
  if (type === 'blob') return { contentType: 'application/octet-stream', body: blobBytes(value) };
  if (type === 'string') return { contentType: 'text/plain', body: value as string };
  return writer.payload(model, payload, value);
}
