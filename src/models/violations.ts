import { brokenConstraints, constraintsOf, isScalar, type Constraint } from './constraints.ts';
import type { ListShape, MapShape, Member, ServiceModel, StructureShape } from './model.ts';

/** One value that breaks one rule. */
export interface Violation {
  /** As AWS spells it in its answers: `keySchema.1.member.attributeName`. */
  readonly path: string;
  /** The member of the structure that the value stands in, and its modelled name. */
  readonly member: Member;
  readonly key: string;
  /** Undefined where it is missing. */
  readonly value: unknown;
  readonly constraint: Constraint;
  /** Whose rule it is: the value's, or that of the scalars inside it. */
  readonly of: 'value' | 'items' | 'keys' | 'values';
}

/** AWS stops telling at some point, and so does this. */
const maxViolations = 10;

/** Finds what in an input breaks its model's rules. */
export class ViolationFinder {
  readonly violations: Violation[] = [];
  readonly #model: ServiceModel;

  constructor(model: ServiceModel) {
    this.#model = model;
  }

  structure(shape: StructureShape, fields: Readonly<Record<string, unknown>>, path = ''): void {
    for (const [key, member] of Object.entries(shape.members)) {
      if (this.violations.length >= maxViolations) return;
      const place: Place = { key, member, path: path + decapitalize(key) };
      const value = fields[key];
      if (value !== undefined) this.#value(place, member, value);
      else if (shape.required?.includes(key)) {
        this.#add(place, undefined, { kind: 'required' }, 'value');
      }
    }
  }

  #value(place: Place, member: Member, value: unknown): void {
    const shape = this.#model.shapes[member.shape]!;
    for (const constraint of brokenConstraints(shape, value)) {
      this.#add(place, value, constraint, 'value');
    }
    switch (shape.type) {
      case 'structure':
      case 'union':
        return this.structure(shape, value as Record<string, unknown>, `${place.path}.`);
      case 'list':
        return this.#list(place, shape, value as unknown[]);
      case 'map':
        return this.#map(place, shape, value as Record<string, unknown>);
      default:
    }
  }

  #list(place: Place, { member }: ListShape, items: readonly unknown[]): void {
    if (isScalar(this.#model, member)) return this.#scalars(place, member, items, items, 'items');
    for (const [i, item] of items.entries()) {
      if (this.violations.length >= maxViolations) return;
      this.#value({ ...place, path: `${place.path}.${i + 1}.member` }, member, item);
    }
  }

  #map(place: Place, shape: MapShape, map: Readonly<Record<string, unknown>>): void {
    this.#scalars(place, shape.key, Object.keys(map), map, 'keys');
    if (isScalar(this.#model, shape.value)) {
      return this.#scalars(place, shape.value, Object.values(map), map, 'values');
    }
    for (const [key, item] of Object.entries(map)) {
      if (this.violations.length >= maxViolations) return;
      this.#value({ ...place, path: `${place.path}.${key}.member` }, shape.value, item);
    }
  }

  /** AWS blames the whole list or map for one wrong scalar in it, and lists all its rules. */
  #scalars(
    place: Place,
    member: Member,
    scalars: readonly unknown[],
    holder: unknown,
    of: Violation['of'],
  ): void {
    const shape = this.#model.shapes[member.shape]!;
    if (constraintsOf(shape).length === 0) return;
    const broken = scalars.flatMap((scalar) => brokenConstraints(shape, scalar))[0];
    if (broken) this.#add({ ...place, member }, holder, broken, of);
  }

  #add(place: Place, value: unknown, constraint: Constraint, of: Violation['of']): void {
    if (this.violations.length < maxViolations) {
      this.violations.push({ ...place, value, constraint, of });
    }
  }
}

interface Place {
  readonly key: string;
  readonly member: Member;
  readonly path: string;
}

function decapitalize(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
