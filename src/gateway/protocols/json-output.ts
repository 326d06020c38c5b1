import type { Member, ServiceModel, Shape, StructureShape } from '../../models/model.ts';
import { blobBytes, toBase64 } from './base64.ts';
import type { Fields } from './protocol.ts';
import { shapeOf } from './shapes.ts';
import { formatTimestamp } from './timestamps.ts';

/** Writes values as JSON text by their model. Members that the model lacks are left out. */
export class JsonOutput {
  readonly #model: ServiceModel;
  readonly #jsonNames: boolean;

  /** @param jsonNames whether members go by their JSON names, as in REST-JSON */
  constructor(model: ServiceModel, jsonNames = false) {
    this.#model = model;
    this.#jsonNames = jsonNames;
  }

  structure(shape: StructureShape, value: Fields, included?: (member: Member) => boolean): string {
    return `{${this.members(shape, value, included)}}`;
  }

  /** The members without the braces around them. */
  members(shape: StructureShape, value: Fields, included?: (member: Member) => boolean): string {
    let json = '';
    for (const key of Object.keys(value)) {
      const inner = value[key];
      const member = Object.hasOwn(shape.members, key) ? shape.members[key] : undefined;
      if (!member || inner === undefined || inner === null) continue;
      if (included?.(member) === false) continue;
      const name = this.#jsonNames ? (member.name ?? key) : key;
      json += `${json === '' ? '' : ','}"${name}":${this.value(member, inner)}`;
    }
    return json;
  }

  value(member: Member, value: unknown): string {
    const shape = shapeOf(this.#model, member.shape);
    switch (shape.type) {
      case 'structure':
      case 'union':
        return this.structure(shape, value as Fields);
      case 'list': {
        const items = Array.from(value as Iterable<unknown>, (item) =>
          item === undefined || item === null ? 'null' : this.value(shape.member, item),
        );
        return `[${items.join(',')}]`;
      }
      case 'map': {
        const entries: string[] = [];
        for (const [key, item] of Object.entries(value as Fields)) {
          if (item === undefined) continue;
          const text = item === null ? 'null' : this.value(shape.value, item);
          entries.push(`${JSON.stringify(key)}:${text}`);
        }
        return `{${entries.join(',')}}`;
      }
      default:
        return scalar(shape, value);
    }
  }
}

function scalar(shape: Shape, value: unknown): string {
  switch (shape.type) {
    case 'timestamp': {
      const format = shape.format ?? 'epoch-seconds';
      const text = formatTimestamp(value as Date, format);
      return format === 'epoch-seconds' ? text : JSON.stringify(text);
    }
    case 'blob':
      return `"${toBase64(blobBytes(value))}"`;
    case 'float':
    case 'double':
      return Number.isFinite(value) ? String(value) : JSON.stringify(String(value));
    default:
      return typeof value === 'bigint' ? String(value) : JSON.stringify(value);
  }
}
