import type { PropertySchema, ResourceSchema, ValueType } from './resource-schema.ts';

/** Properties in the types of their schema, or why they cannot be had. */
export interface Conformed {
  readonly properties: Readonly<Record<string, unknown>>;
  /** In the words of AWS's resource handlers, e.g. `#: required key [KeySchema] not found`; none is good. */
  readonly problems: readonly string[];
}

/**
 * Brings properties into the types of their schema. Parameters of a template are text, so `"5"` is
 * taken for 5 where a number is due, and 5 for `"5"` where text is.
 */
export function conform(
  schema: ResourceSchema,
  properties: Readonly<Record<string, unknown>>,
): Conformed {
  const conforming = new Conforming(schema);
  const conformed = conforming.structure(schema.properties, properties, '#');
  return { properties: conformed, problems: conforming.problems };
}

class Conforming {
  readonly problems: string[] = [];
  readonly #schema: ResourceSchema;

  constructor(schema: ResourceSchema) {
    this.#schema = schema;
  }

  structure(
    members: Readonly<Record<string, PropertySchema>>,
    given: Readonly<Record<string, unknown>>,
    path: string,
  ): Record<string, unknown> {
    for (const [name, { required }] of Object.entries(members)) {
      if (required && !Object.hasOwn(given, name)) {
        this.problems.push(`${path}: required key [${name}] not found`);
      }
    }
    const taken = Object.entries(given).flatMap(([name, value]) => {
      const member = Object.hasOwn(members, name) ? members[name] : undefined;
      if (member) return [[name, this.value(member.type, value, `${path}/${name}`)]];
      this.problems.push(`${path}: extraneous key [${name}] is not permitted`);
      return [];
    });
    return Object.fromEntries(taken) as Record<string, unknown>;
  }

  value(type: ValueType, value: unknown, path: string): unknown {
    switch (type.type) {
      case 'object': {
        const members = this.#schema.definitions[type.name];
        if (!members) throw new Error(`${path} is of ${type.name}, which the schema lacks`);
        return isObject(value)
          ? this.structure(members, value, path)
          : this.#mistyped('JSONObject', value, path);
      }
      case 'tag':
        return isObject(value)
          ? this.structure(tag, value, path)
          : this.#mistyped('JSONObject', value, path);
      case 'map':
        return isObject(value)
          ? mapValues(value, (each, key) => this.value(type.of, each, `${path}/${key}`))
          : this.#mistyped('JSONObject', value, path);
      case 'array':
        return Array.isArray(value)
          ? value.map((each, at) => this.value(type.of, each, `${path}/${at}`))
          : this.#mistyped('JSONArray', value, path);
      case 'union':
        return this.#oneOf(type.of, value, path);
      case 'json':
        return value;
      default:
        return this.#scalar(type, value, path);
    }
  }

  #scalar(type: ValueType, value: unknown, path: string): unknown {
    const read = scalars[type.type];
    const scalar = typeof value === 'object' ? undefined : read?.of(value as Scalar);
    if (scalar === undefined) return this.#mistyped(read?.name ?? 'Null', value, path);
    const values = 'values' in type ? type.values : undefined;
    if (values && !(values as readonly unknown[]).includes(scalar)) {
      this.problems.push(`${path}: ${String(scalar)} is not a valid enum value`);
    }
    return scalar;
  }

  /** The first type that takes the value; else the problems of the one that looks most like it. */
  #oneOf(types: readonly ValueType[], value: unknown, path: string): unknown {
    const attempts = types.map((type) => {
      const attempt = new Conforming(this.#schema);
      return { taken: attempt.value(type, value, path), problems: attempt.problems };
    });
    const fitting = attempts.find(({ problems }) => problems.length === 0);
    if (fitting) return fitting.taken;
    const closest = attempts.find(({ problems }) => !problems[0]?.includes(': expected type: '));
    const fallback = [
      `${path}: #: no subschema matched out of the total ${types.length} subschemas`,
    ];
    this.problems.push(...(closest?.problems ?? fallback));
    return value;
  }

  #mistyped(expected: string, value: unknown, path: string): unknown {
    this.problems.push(`${path}: expected type: ${expected}, found: ${nameOf(value)}`);
    return value;
  }
}

type Scalar = string | number | boolean;

const tag: Readonly<Record<string, PropertySchema>> = {
  Key: { type: { type: 'string' }, required: true },
  Value: { type: { type: 'string' }, required: true },
};

/** How each scalar is read from what a template says; undefined where it is none. */
const scalars: Partial<
  Record<ValueType['type'], { name: string; of(value: Scalar): Scalar | undefined }>
> = {
  string: { name: 'String', of: String },
  'date-time': { name: 'String', of: String },
  integer: { name: 'Integer', of: (value) => numberOf(value, /^[+-]?\d+$/) },
  number: {
    name: 'Number',
    of: (value) => numberOf(value, /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i),
  },
  boolean: { name: 'Boolean', of: booleanOf },
};

function numberOf(value: Scalar, form: RegExp): number | undefined {
  return typeof value !== 'boolean' && form.test(String(value)) ? Number(value) : undefined;
}

function booleanOf(value: Scalar): boolean | undefined {
  const text = String(value).toLowerCase();
  return text === 'true' || text === 'false' ? text === 'true' : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mapValues(
  map: Readonly<Record<string, unknown>>,
  change: (value: unknown, key: string) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value, key)]));
}

/** As the JSON library of AWS's handlers calls it. */
function nameOf(value: unknown): string {
  if (value === null || value === undefined) return 'Null';
  if (Array.isArray(value)) return 'JSONArray';
  if (typeof value === 'object') return 'JSONObject';
  if (typeof value === 'number') return Number.isInteger(value) ? 'Integer' : 'Double';
  return typeof value === 'boolean' ? 'Boolean' : 'String';
}
