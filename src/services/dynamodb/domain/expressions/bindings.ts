import { validation } from '../../errors.ts';
import { admitValue } from '../admit-item.ts';
import type { AttributeValue } from '../attribute-value.ts';
import { ExpressionProblem } from './syntax.ts';
import type { Path } from './syntax.ts';

/** What a request gives in ExpressionAttributeNames and ExpressionAttributeValues. */
export class Bindings {
  readonly #names = new Map<string, string>();
  readonly #values = new Map<string, AttributeValue>();
  readonly #unusedNames: Set<string>;
  readonly #unusedValues: Set<string>;

  /** Checks keys and values as AWS does before it looks at any expression. */
  constructor(
    names: Readonly<Record<string, string>> | undefined,
    values: Readonly<Record<string, unknown>> | undefined,
  ) {
    if (names) {
      checkKeys('ExpressionAttributeNames', Object.keys(names), NAME_KEY);
      for (const [key, name] of Object.entries(names)) {
        checkName(key, name);
        this.#names.set(key, name);
      }
    }
    if (values) {
      checkKeys('ExpressionAttributeValues', Object.keys(values), VALUE_KEY);
      for (const [key, value] of Object.entries(values)) {
        this.#values.set(key, admitNamedValue(key, value));
      }
    }
    this.#unusedNames = new Set(this.#names.keys());
    this.#unusedValues = new Set(this.#values.keys());
  }

  /** The path with its `#` names replaced. */
  path(path: Path): Path {
    return path.map((step) => {
      if (typeof step === 'number' || !step.startsWith('#')) return step;
      const name = this.#names.get(step);
      if (name === undefined) {
        throw new ExpressionProblem(
          `An expression attribute name used in the document path is not defined; attribute name: ${step}`,
        );
      }
      this.#unusedNames.delete(step);
      return name;
    });
  }

  value(key: string): AttributeValue {
    const value = this.#values.get(key);
    if (!value) {
      throw new ExpressionProblem(
        `An expression attribute value used in expression is not defined; attribute value: ${key}`,
      );
    }
    this.#unusedValues.delete(key);
    return value;
  }

  /** To be called when all of a request's expressions have been bound. */
  refuseUnused(): void {
    refuseUnused('ExpressionAttributeNames', this.#unusedNames);
    refuseUnused('ExpressionAttributeValues', this.#unusedValues);
  }
}

function refuseUnused(parameter: string, keys: ReadonlySet<string>): void {
  if (keys.size === 0) return;
  throw validation(
    `Value provided in ${parameter} unused in expressions: keys: {${[...keys].join(', ')}}`,
  );
}

const NAME_KEY = /^#[0-9a-zA-Z_]+$/;
const VALUE_KEY = /^:[0-9a-zA-Z_]+$/;

function checkKeys(parameter: string, keys: readonly string[], form: RegExp): void {
  if (keys.length === 0) throw validation(`${parameter} must not be empty`);
  for (const key of keys) {
    if (form.test(key)) continue;
    throw validation(`${parameter} contains invalid key: Syntax error; key: "${key}"`);
  }
}

const MAX_NAME_BYTES = 65_535;

function checkName(key: string, name: string): void {
  const problem =
    name === ''
      ? 'Empty attribute name'
      : Buffer.byteLength(name) > MAX_NAME_BYTES
        ? 'Attribute name is too large, must be less than 65536 bytes'
        : undefined;
  if (!problem) return;
  throw validation(`ExpressionAttributeNames contains invalid value: ${problem} for key ${key}`);
}

function admitNamedValue(key: string, value: unknown): AttributeValue {
  try {
    return admitValue(value);
  } catch (error) {
    if (!(error instanceof Error) || !isValidation(error)) throw error;
    throw validation(
      `ExpressionAttributeValues contains invalid value: ${error.message} for key ${key}`,
    );
  }
}

function isValidation(error: Error): boolean {
  return 'code' in error && error.code === 'ValidationException';
}
