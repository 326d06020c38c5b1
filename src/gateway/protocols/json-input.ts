import type {
  ListShape,
  MapShape,
  Member,
  ServiceModel,
  Shape,
  StructureShape,
} from '../../models/model.ts';
import { fromBase64 } from './base64.ts';
import { serializationException } from './json-text.ts';
import type { Fields } from './protocol.ts';
import { isFields, membersOf, setEntry, shapeOf } from './shapes.ts';
import { fromEpochSeconds, parseTimestamp } from './timestamps.ts';

/**
 * Builds an input out of parsed JSON by its model, refusing wrong types in the words of AWS's own
 * parser. Unknown members and nulls are left out, as AWS does.
 */
export class JsonInput {
  readonly #model: ServiceModel;
  readonly #jsonNames: boolean;

  /** @param jsonNames whether members go by their JSON names, as in REST-JSON */
  constructor(model: ServiceModel, jsonNames = false) {
    this.#model = model;
    this.#jsonNames = jsonNames;
  }

  structure(
    shape: StructureShape,
    value: unknown,
    included: (member: Member) => boolean = always,
  ): Fields {
    if (Array.isArray(value))
      throw serializationException('Unrecognized collection type class java.util.List');
    if (!isFields(value)) throw serializationException('Unexpected value type in payload');
    const fields: Fields = {};
    for (const [key, member] of membersOf(shape)) {
      const wireName = this.#jsonNames ? (member.name ?? key) : key;
      if (!Object.hasOwn(value, wireName) || !included(member)) continue;
      const inner = value[wireName];
      if (inner !== null) fields[key] = this.value(member, inner);
    }
    return fields;
  }

  value(member: Member, value: unknown): unknown {
    const shape = shapeOf(this.#model, member.shape);
    switch (shape.type) {
      case 'structure':
      case 'union':
        return this.structure(shape, value);
      case 'list':
        return this.#list(shape, value);
      case 'map':
        return this.#map(shape, value);
      case 'document':
        return value;
      default:
        return scalar(shape, value);
    }
  }

  #list(shape: ListShape, value: unknown): unknown[] {
    if (!Array.isArray(value)) throw notACollection(value);
    const items: unknown[] = [];
    for (const item of value) {
      if (item !== null) items.push(this.value(shape.member, item));
    }
    return items;
  }

  #map(shape: MapShape, value: unknown): Fields {
    if (Array.isArray(value))
      throw serializationException('Unrecognized collection type java.util.Map');
    if (!isFields(value)) throw notACollection(value);
    const fields: Fields = {};
    for (const key of Object.keys(value)) {
      if (value[key] !== null) setEntry(fields, key, this.value(shape.value, value[key]));
    }
    return fields;
  }
}

function always(): boolean {
  return true;
}

function notACollection(value: unknown): Error {
  return serializationException(
    isFields(value)
      ? 'Start of structure or map found where not expected'
      : 'Unexpected field type',
  );
}

/** Java's names of the types, as AWS's parser puts them into its errors. */
const javaNames: Readonly<Record<string, string>> = {
  string: 'String',
  boolean: 'Boolean',
  byte: 'Byte',
  short: 'Short',
  integer: 'Integer',
  long: 'Long',
  float: 'Float',
  double: 'Double',
  bigInteger: 'BigInteger',
  bigDecimal: 'BigDecimal',
  timestamp: 'Date',
  blob: 'Blob',
};

const nonFinite: Readonly<Record<string, number>> = {
  NaN: NaN,
  Infinity: Infinity,
  '-Infinity': -Infinity,
};

function scalar(shape: Shape, value: unknown): unknown {
  switch (shape.type) {
    case 'string':
      if (typeof value === 'string') return value;
      break;
    case 'boolean':
      if (typeof value === 'boolean') return value;
      break;
    case 'float':
    case 'double':
    case 'bigDecimal':
      if (typeof value === 'number') return value;
      if (typeof value === 'string' && Object.hasOwn(nonFinite, value)) return nonFinite[value];
      break;
    case 'byte':
    case 'short':
    case 'integer':
    case 'long':
    case 'bigInteger':
      if (typeof value === 'number' && Number.isFinite(value)) return Math.trunc(value);
      break;
    case 'blob':
      if (typeof value === 'string') return blob(value);
      break;
    case 'timestamp': {
      const date = timestamp(value);
      if (date) return date;
      break;
    }
    default:
  }
  throw wrongType(shape.type, value);
}

function blob(text: string): Uint8Array {
  const bytes = fromBase64(text);
  if (bytes) return bytes;
  throw serializationException(
    text.length % 4 === 0
      ? 'Invalid Base64 character'
      : `Base64 encoded length is expected a multiple of 4 bytes but found: ${text.length}`,
  );
}

function timestamp(value: unknown): Date | undefined {
  if (typeof value === 'number') return fromEpochSeconds(value);
  return typeof value === 'string' ? parseTimestamp(value) : undefined;
}

function wrongType(type: string, value: unknown): Error {
  const java = javaNames[type] ?? type;
  if (Array.isArray(value)) {
    return serializationException(`Unrecognized collection type class java.lang.${java}`);
  }
  if (isFields(value)) {
    return serializationException('Start of structure or map found where not expected');
  }
  return serializationException(`${tokenOf(value)} cannot be converted to ${java}`);
}

function tokenOf(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'TRUE_VALUE' : 'FALSE_VALUE';
  if (typeof value === 'string') return 'STRING_VALUE';
  return Number.isInteger(value) ? 'NUMBER_VALUE' : 'DECIMAL_VALUE';
}
