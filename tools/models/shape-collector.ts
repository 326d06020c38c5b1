import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import type { NormalizedSchema } from '@smithy/core/schema';
import type {
  ErrorTraits,
  Member,
  ProtocolName,
  Shape,
  StructureShape,
} from '../../src/models/model.ts';
import type { ClientSchemas, Traits } from './client-schemas.ts';
import { locationOf, memberTraits } from './member-traits.ts';
import type { Overlay } from './overlay.ts';
import { simpleShape } from './simple-shapes.ts';

/** The shapes that operations and errors reach, each under its own name. */
export class ShapeCollector {
  readonly #overlay: Overlay;
  readonly #enums: ClientSchemas['enums'];
  readonly #isQuery: boolean;
  readonly #isRest: boolean;
  readonly #shapes = new Map<string, Shape>();

  constructor(overlay: Overlay, enums: ClientSchemas['enums'], protocols: readonly ProtocolName[]) {
    this.#overlay = overlay;
    this.#enums = enums;
    this.#isQuery = protocols.includes('aws-query');
    this.#isRest = protocols.some((protocol) => protocol.startsWith('rest-'));
  }

  sorted(): Record<string, Shape> {
    return Object.fromEntries([...this.#shapes].toSorted(([a], [b]) => (a < b ? -1 : 1)));
  }

  /**
   * Adds a shape with all that it refers to.
   * @param known the overlay's name for it, where the place of use has one
   * @returns its name
   */
  add(schema: NormalizedSchema, known?: string): string {
    if (schema.isStructSchema()) return this.#addStructure(schema);
    if (schema.isListSchema() || schema.isMapSchema()) return this.#addCollection(schema, known);
    const shape = simpleShape(schema, known === undefined ? undefined : this.#constraints(known));
    return this.#put(shape.name ?? known!, shape.shape);
  }

  /** The overlay's shape; an enumeration with the values that the client, being newer, has beside. */
  #constraints(name: string): Shape | undefined {
    const shape = this.#overlay.shapes[name];
    if (shape?.type !== 'string' || !shape.enum) return shape;
    return { ...shape, enum: [...new Set([...shape.enum, ...(this.#enums.get(name) ?? [])])] };
  }

  #addStructure(schema: NormalizedSchema): string {
    const name = schema.getName()!;
    const present = this.#shapes.get(name);
    assert(!present || 'members' in present, `two different shapes named ${name}`);
    if (present) return name;
    const members: Record<string, Member> = {};
    const shape: StructureShape = {
      type: schema.isUnionSchema() ? 'union' : 'structure',
      ...structureTraits(schema, this.#isQuery),
      members,
    };
    this.#shapes.set(name, shape);
    for (const [member, target] of schema.structIterator()) {
      members[member] = this.#member(
        this.add(target, this.#overlay.members[name]?.[member]),
        target,
      );
    }
    return name;
  }

  #addCollection(schema: NormalizedSchema, known: string | undefined): string {
    const modelled = staticName(schema) ?? known;
    const overlaid = modelled === undefined ? undefined : this.#overlay.shapes[modelled];
    const value = schema.getValueSchema();
    if (schema.isListSchema()) {
      const list = overlaid?.type === 'list' ? overlaid : undefined;
      const member = this.#member(this.add(value, list?.member.shape), value);
      const name = modelled ?? `list-of-${member.shape}`;
      return this.#put(name, { type: 'list', member, ...bounds(list) });
    }
    const map = overlaid?.type === 'map' ? overlaid : undefined;
    const key = this.#member(
      this.add(schema.getKeySchema(), map?.key.shape),
      schema.getKeySchema(),
    );
    const item = this.#member(this.add(value, map?.value.shape), value);
    const name = modelled ?? `map-of-${item.shape}`;
    return this.#put(name, { type: 'map', key, value: item, ...bounds(map) });
  }

  #member(shape: string, schema: NormalizedSchema): Member {
    return { shape, ...memberTraits(schema), ...(this.#isRest && locationOf(schema)) };
  }

  #put(name: string, shape: Shape): string {
    const present = this.#shapes.get(name);
    assert(!present || isDeepStrictEqual(present, shape), `two different shapes named ${name}`);
    this.#shapes.set(name, shape);
    return name;
  }
}

function structureTraits(schema: NormalizedSchema, isQuery: boolean): Partial<StructureShape> {
  const traits = schema.getOwnTraits() as Traits;
  const [, , , , names, , requiredCount = 0] = schema.getSchema() as unknown as [
    number,
    string,
    string,
    unknown,
    readonly string[],
    unknown,
    number?,
  ];
  return {
    ...(requiredCount > 0 && { required: names.slice(0, requiredCount) }),
    ...('error' in traits && { error: errorTraits(traits, isQuery) }),
    ...('xmlName' in traits && { xmlName: traits.xmlName as string }),
  };
}

function errorTraits(traits: Traits, isQuery: boolean): ErrorTraits {
  const [code, queryStatus] = ((isQuery && traits.awsQueryError) || []) as [string?, number?];
  const status = (traits.httpError as number | undefined) ?? queryStatus;
  return {
    ...(code && { code }),
    ...(status && { status }),
    fault: traits.error as ErrorTraits['fault'],
  };
}

/** A list's or map's modelled name; those of plain strings and blobs have none in the schemas. */
function staticName(schema: NormalizedSchema): string | undefined {
  const definition: unknown = schema.getSchema();
  return Array.isArray(definition) ? (definition[2] as string) : undefined;
}

function bounds(shape: { min?: number; max?: number } | undefined): { min?: number; max?: number } {
  return {
    ...(shape?.min !== undefined && { min: shape.min }),
    ...(shape?.max !== undefined && { max: shape.max }),
  };
}
