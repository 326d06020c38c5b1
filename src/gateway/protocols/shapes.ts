import type { Member, ServiceModel, Shape, StructureShape } from '../../models/model.ts';
import type { Fields } from './protocol.ts';

/**
 * How deep any input may nest. DynamoDB needs most: the 32 levels of an item are two each in JSON,
 * inside those of a batch.
 */
export const maxDepth = 128;

/** The shape of that name. A model that lacks one is broken. */
export function shapeOf(model: ServiceModel, name: string): Shape {
  const shape = model.shapes[name];
  if (!shape) throw new Error(`${model.service}: no shape ${name}`);
  return shape;
}

/** The structure of that name; one without members where the operation has none. */
export function structureOf(model: ServiceModel, name: string | undefined): StructureShape {
  if (name === undefined) return empty;
  const shape = shapeOf(model, name);
  if (shape.type === 'structure' || shape.type === 'union') return shape;
  throw new Error(`${model.service}: ${name} is no structure`);
}

const empty: StructureShape = { type: 'structure', members: {} };

/** A structure's members in model order; made once a shape. */
export function membersOf(shape: StructureShape): readonly (readonly [string, Member])[] {
  let entries = memberEntries.get(shape);
  if (!entries) {
    entries = Object.entries(shape.members);
    memberEntries.set(shape, entries);
  }
  return entries;
}

const memberEntries = new WeakMap<StructureShape, readonly (readonly [string, Member])[]>();

/** The members that are attributes of a structure's element: hardly any has one. */
export function attributesOf(shape: StructureShape): readonly (readonly [string, Member])[] {
  let entries = attributeEntries.get(shape);
  if (!entries) {
    entries = membersOf(shape).filter(([, { attribute }]) => attribute);
    attributeEntries.set(shape, entries);
  }
  return entries;
}

const attributeEntries = new WeakMap<StructureShape, readonly (readonly [string, Member])[]>();

/** A structure's members by the name that they go by in JSON; made once a shape. */
export function membersByJsonName(
  shape: StructureShape,
): ReadonlyMap<string, readonly [string, Member]> {
  let members = jsonNames.get(shape);
  if (!members) {
    members = new Map(membersOf(shape).map((entry) => [entry[1].name ?? entry[0], entry]));
    jsonNames.set(shape, members);
  }
  return members;
}

const jsonNames = new WeakMap<StructureShape, ReadonlyMap<string, readonly [string, Member]>>();

/** Sets an entry of a map whose keys the client chose, `__proto__` among them. */
export function setEntry(target: Fields, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(target, key, {
      value,
      writable: true,
      enumerable: true,
      configurable: true,
    });
  } else {
    target[key] = value;
  }
}

/** Whether a parsed value is a structure or a map, rather than a list, bytes or a date. */
export function isFields(value: unknown): value is Fields {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !ArrayBuffer.isView(value) &&
    !(value instanceof Date)
  );
}
