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

export type Inspect = (value: unknown, name: string, violations: string[]) => void;
type RequiredCheck<T> = Check<T> & { readonly required: true };
type Checks = Readonly<Record<string, Check<unknown>>>;
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
 */
export function readParameters<Declared extends Checks>(
  sent: object,
  declared: Declared,
): Checked<Declared> {
  const given = sent as Record<string, unknown>;
  const input: Record<string, unknown> = {};
  const violations: string[] = [];
  for (const name in declared) {
    const value = given[name];
    const parameter = declared[name]!;
    if (value !== undefined && value !== null) {
      parameter.check(value, name, violations);
      input[name] = value;
    } else if (parameter.required) {
      violations.push(violation('null', name, 'Member must not be null'));
    }
  }
  if (violations.length > 0) {
    const errors = violations.length === 1 ? 'error' : 'errors';
    throw validation(
      `${violations.length} validation ${errors} detected: ${violations.join('; ')}`,
    );
  }
  return input as Checked<Declared>;
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

/** @param name as sent, below which AWS names places as in `Expected.a.member.exists` */
export function violation(value: string, name: string, constraint: string): string {
  const member = name[0]!.toLowerCase() + name.slice(1);
  return `Value ${value} at '${member}' failed to satisfy constraint: ${constraint}`;
}
