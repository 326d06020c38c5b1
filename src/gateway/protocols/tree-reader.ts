import type {
  ListShape,
  MapShape,
  Member,
  ServiceModel,
  Shape,
  StructureShape,
} from '../../models/model.ts';
import { serializationException } from './json-text.ts';
import type { Fields } from './protocol.ts';
import { isFields, membersByJsonName, setEntry, shapeOf } from './shapes.ts';

/** Turns a parsed scalar into a value of its shape, or throws what AWS says of a wrong one. */
export type ScalarReader = (shape: Shape, value: unknown) => unknown;

/**
 * Builds an input out of parsed JSON or CBOR by its model, refusing wrong types in the words of
 * AWS's own parser. Unknown members and nulls are left out, as AWS does.
 */
export class TreeReader {
  readonly #model: ServiceModel;
  readonly #scalar: ScalarReader;
  readonly #jsonNames: boolean;

  /** @param jsonNames whether members go by their JSON names, as in REST-JSON */
  constructor(model: ServiceModel, scalar: ScalarReader, jsonNames = false) {
    this.#model = model;
    this.#scalar = scalar;
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
    for (const name of Object.keys(value)) {
      const inner = value[name];
      if (inner === null) continue;
      const [key, member] = this.#member(shape, name) ?? [];
      if (key !== undefined && member && included(member)) fields[key] = this.value(member, inner);
    }
    return fields;
  }

  #member(shape: StructureShape, name: string): readonly [string, Member] | undefined {
    if (this.#jsonNames) return membersByJsonName(shape).get(name);
    return Object.hasOwn(shape.members, name) ? [name, shape.members[name]!] : undefined;
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
        return this.#scalar(shape, value);
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
