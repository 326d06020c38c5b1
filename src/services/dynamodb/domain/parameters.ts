import { serialization, validation } from '../errors.ts';
import { mistyped } from './admit-item.ts';
import type { CapacityDetail } from './capacity.ts';

/**
 * The hot operations take their JSON as sent. Each declares its parameters in such a table, which
 * is checked in one flat pass and gives the input its type; attribute values are checked where
 * they are used.
 */
export interface Check<T> {
  readonly required?: true;
  /** Throws for the wrong type, adds to `violations` what breaks a constraint. */
  readonly check: Inspect;
  /** Never set: it only carries the type. */
  readonly type?: T;
}

type Inspect = (value: unknown, name: string, violations: string[]) => void;
type RequiredCheck<T> = Check<T> & { readonly required: true };
export type Checks = Readonly<Record<string, Check<unknown>>>;
type Checked<Declared> = {
  readonly [Name in keyof Declared]: Declared[Name] extends RequiredCheck<infer T>
    ? T
    : Declared[Name] extends Check<infer T>
      ? T | undefined
      : never;
};

/**
 * Checks a request against its table and takes what is declared there. As AWS does, it takes null
 * for absent and leaves unknown parameters aside.
 *
 * @param within the way to a structure inside the request, e.g. `transactItems.1.member.put.`
 */
export function readParameters<Declared extends Checks>(
  sent: object,
  declared: Declared,
  within = '',
): Checked<Declared> {
  const violations: string[] = [];
  const input = takeMembers(sent, declared, within, violations);
  if (violations.length > 0) {
    const errors = violations.length === 1 ? 'error' : 'errors';
    throw validation(
      `${violations.length} validation ${errors} detected: ${violations.join('; ')}`,
    );
  }
  return input as Checked<Declared>;
}

/** The same for one structure of several, where what breaks a constraint is told of all at once. */
export function takeMembers(
  sent: object,
  declared: Checks,
  within: string,
  violations: string[],
): Record<string, unknown> {
  const given = sent as Record<string, unknown>;
  const taken: Record<string, unknown> = {};
  for (const name in declared) {
    const value = given[name];
    const parameter = declared[name]!;
    if (value !== undefined && value !== null) {
      parameter.check(value, within + name, violations);
      taken[name] = value;
    } else if (parameter.required) {
      violations.push(violation('null', within + name, 'Member must not be null'));
    }
  }
  return taken;
}

function check<T>(inspect: Inspect): Check<T> {
  return { check: inspect };
}

/** The same parameter where a request cannot do without it. */
export function required<T>(optional: Check<T>): RequiredCheck<T> {
  return { required: true, check: optional.check };
}

export const string = check<string>((value) => {
  if (typeof value !== 'string') throw mistyped(value, 'String', 'java.lang.String');
});

export const boolean = check<boolean>((value) => {
  if (typeof value === 'boolean') return;
  if (typeof value === 'string') throw serialization('Unexpected token received from parser');
  throw mistyped(value, 'Boolean', 'java.lang.Boolean');
});

/** Text of one to `max` characters. */
export function stringUpTo(max: number): Check<string> {
  return check((value, name, violations) => {
    if (typeof value !== 'string') throw mistyped(value, 'String', 'java.lang.String');
    const bound = value.length < 1 ? 'greater than or equal to 1' : `less than or equal to ${max}`;
    if (value.length < 1 || value.length > max) {
      violations.push(violation(`'${value}'`, name, `Member must have length ${bound}`));
    }
  });
}

/** A structure whose members are still to be read. */
export function structure(type: string): Check<object> {
  return check((value) => {
    if (typeof value !== 'object') throw serialization('Unexpected value type in payload');
    if (Array.isArray(value)) {
      throw serialization(
        `Unrecognized collection type class com.amazonaws.dynamodb.v20120810.${type}`,
      );
    }
  });
}

/**
 * A list of as many elements as that; `null` is an element too.
 *
 * @param type the elements' own, as AWS calls it
 */
export function list<T>(
  type: string,
  element: Check<T>,
  { min, max = Infinity }: { readonly min: number; readonly max?: number },
): Check<readonly (T | null)[]> {
  return check((value, name, violations) => {
    if (!Array.isArray(value)) {
      throw serialization(
        typeof value === 'object'
          ? 'Start of structure or map found where not expected'
          : 'Unexpected field type',
      );
    }
    for (const one of value) if (one !== null) element.check(one, name, violations);
    const bound =
      value.length < min ? `greater than or equal to ${min}` : `less than or equal to ${max}`;
    if (value.length < min || value.length > max) {
      violations.push(
        violation(`'${shown(type, value)}'`, name, `Member must have length ${bound}`),
      );
    }
  });
}

/** AWS shows a list as Java does, with all that is in it; that much helps nobody. */
function shown(type: string, elements: readonly unknown[]): string {
  return `[${elements.map(() => type).join(', ')}]`;
}

/** Something for each of several tables, by name or ARN; what it is, is still to be read. */
export function byTable(type: string, max: number): Check<Record<string, unknown>> {
  return check((value, name, violations) => {
    if (typeof value !== 'object' || Array.isArray(value)) {
      throw mapExpected(value, `com.amazonaws.dynamodb.v20120810.${type}`);
    }
    const entries = Object.entries(value as object);
    const described = entries.map(
      ([table, each]) => `${table}=${Array.isArray(each) ? shown(type, each) : type}`,
    );
    const refuse = (constraint: string): void => {
      violations.push(violation(`'{${described.join(', ')}}'`, name, constraint));
    };
    if (entries.some(([table]) => !isTableName(table))) {
      refuse(
        'Map keys must satisfy constraint: [Member must have length less than or equal to 255, Member must have length greater than or equal to 3, Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+]',
      );
    }
    const isRight = (length: number): boolean => length >= 1 && length <= max;
    if (entries.some(([, each]) => Array.isArray(each) && !isRight(each.length))) {
      refuse(
        `Map value must satisfy constraint: [Member must have length less than or equal to ${max}, Member must have length greater than or equal to 1]`,
      );
    }
  });
}

function isTableName(nameOrArn: string): boolean {
  const violations: string[] = [];
  tableName.check(nameOrArn, 'TableName', violations);
  return violations.length === 0;
}

/** A whole number within limits, both included. */
export function integer(min: number, max = Infinity): Check<number> {
  return check((value, name, violations) => {
    if (typeof value !== 'number') throw mistyped(value, 'Integer', 'java.lang.Integer');
    if (!Number.isInteger(value))
      throw serialization('DECIMAL_VALUE cannot be converted to Integer');
    const bound = value < min ? `greater than or equal to ${min}` : `less than or equal to ${max}`;
    if (value < min || value > max) {
      violations.push(violation(`'${value}'`, name, `Member must have value ${bound}`));
    }
  });
}

export function oneOf<const Values extends readonly string[]>(
  ...values: Values
): Check<Values[number]> {
  return check((value, name, violations) => {
    if (typeof value !== 'string') throw mistyped(value, 'String', 'java.lang.String');
    if (values.includes(value)) return;
    violations.push(
      violation(`'${value}'`, name, `Member must satisfy enum value set: [${values.join(', ')}]`),
    );
  });
}

/** A table's name or ARN. */
export const tableName = check<string>((value, name, violations) => {
  if (typeof value !== 'string') throw mistyped(value, 'String', 'java.lang.String');
  const own = value.startsWith('arn:') ? value.slice(value.indexOf('/') + 1) : value;
  constrainName(own, name, violations);
});

/**
 * The same for control operations, whose other parameters the model has checked: the model has
 * kept only the length of an ARN since AWS takes ARNs in this place.
 */
export function checkTableName(value: string | undefined): string {
  const { TableName } = readParameters({ TableName: value }, { TableName: required(tableName) });
  return TableName;
}

export const indexName = check<string>((value, name, violations) => {
  if (typeof value !== 'string') throw mistyped(value, 'String', 'java.lang.String');
  constrainName(value, name, violations);
});

const NAME = /^[a-zA-Z0-9_.-]+$/;

function constrainName(value: string, name: string, violations: string[]): void {
  const broken = (constraint: string): void => {
    violations.push(violation(`'${value}'`, name, constraint));
  };
  if (!NAME.test(value)) {
    broken('Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+');
  }
  if (value.length < 3) broken('Member must have length greater than or equal to 3');
  if (value.length > 255) broken('Member must have length less than or equal to 255');
}

/** What is checked where it is used, such as an attribute value. */
export const anything = check<unknown>(() => {});

/** A PartiQL statement. */
export const statement = check<string>((value, name, violations) => {
  if (typeof value !== 'string') throw mistyped(value, 'String', 'java.lang.String');
  const bound = value === '' ? 'greater than or equal to 1' : 'less than or equal to 8192';
  if (value === '' || value.length > 8192) {
    violations.push(violation(`'${value}'`, name, `Member must have length ${bound}`));
  }
});

/** Attributes by name, whose values are still to be admitted. */
export const attributes: Check<Record<string, unknown>> = check<Record<string, unknown>>(
  (value) => {
    if (typeof value === 'object' && !Array.isArray(value)) return;
    throw mapExpected(value, 'com.amazonaws.dynamodb.v20120810.AttributeValue');
  },
);

export const names = check<Record<string, string>>((value) => {
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw mapExpected(value, 'java.lang.String');
  }
  for (const name of Object.values(value as object)) {
    if (typeof name !== 'string') throw mistyped(name, 'String', 'java.lang.String');
  }
});

export const capacityDetail: Check<CapacityDetail> = oneOf('INDEXES', 'TOTAL', 'NONE');

/** Something else in the place of a map from names to values of a Java type. */
export function mapExpected(value: unknown, valueType: string): Error {
  return serialization(
    Array.isArray(value)
      ? `Unrecognized collection type java.util.Map<java.lang.String, ${valueType}>`
      : 'Unexpected field type',
  );
}

/** @param name the way to it, its last part as sent: AWS shows members in lower case */
function violation(value: string, name: string, constraint: string): string {
  const member = name.replace(/[^.]+$/, (last) => last[0]!.toLowerCase() + last.slice(1));
  return `Value ${value} at '${member}' failed to satisfy constraint: ${constraint}`;
}
