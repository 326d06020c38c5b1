import { randomUUID } from 'node:crypto';
import { fromBase64 } from '../../gateway/protocols/base64.ts';
import type { Fields } from '../../gateway/protocols/protocol.ts';
import { isFields, membersOf, shapeOf, structureOf } from '../../gateway/protocols/shapes.ts';
import { parseTimestamp } from '../../gateway/protocols/timestamps.ts';
import type { Member, ServiceModel, Shape, StructureShape } from '../../models/model.ts';
import { usageError } from '../failure.ts';
import type { BinaryFormat } from './read-value.ts';

/**
 * Checks an input against the model and gives it the model's types, blobs as bytes and timestamps
 * as dates. Idempotency tokens that were left out are made up.
 *
 * @throws Failure with all that is wrong, in the words of the AWS CLI
 */
export function admit(
  model: ServiceModel,
  inputShape: string | undefined,
  input: Fields,
  binaryFormat: BinaryFormat,
): Fields {
  const admission = new Admission(model, binaryFormat);
  const fields = admission.structure(structureOf(model, inputShape), input, '');
  if (admission.complaints.length > 0) {
    throw usageError(`Parameter validation failed:\n${admission.complaints.join('\n')}`);
  }
  return fields;
}

class Admission {
  readonly complaints: string[] = [];
  readonly #model: ServiceModel;
  readonly #binaryFormat: BinaryFormat;

  constructor(model: ServiceModel, binaryFormat: BinaryFormat) {
    this.#model = model;
    this.#binaryFormat = binaryFormat;
  }

  structure(shape: StructureShape, value: Fields, path: string): Fields {
    const where = path === '' ? 'input' : path;
    for (const name of shape.required ?? []) {
      if (value[name] !== undefined || shape.members[name]?.idempotencyToken) continue;
      this.complaints.push(`Missing required parameter in ${where}: "${name}"`);
    }
    for (const name of Object.keys(value)) {
      if (Object.hasOwn(shape.members, name)) continue;
      const known = Object.keys(shape.members).join(', ');
      this.complaints.push(`Unknown parameter in ${where}: "${name}", must be one of: ${known}`);
    }
    const fields: Fields = {};
    for (const [name, member] of membersOf(shape)) {
      const inner = value[name] ?? (member.idempotencyToken ? randomUUID() : undefined);
      if (inner === undefined) continue;
      fields[name] = this.#value(member, inner, path === '' ? name : `${path}.${name}`);
    }
    return fields;
  }

  #value(member: Member, value: unknown, path: string): unknown {
    const shape = shapeOf(this.#model, member.shape);
    switch (shape.type) {
      case 'structure':
      case 'union':
        return isFields(value)
          ? this.structure(shape, value, path)
          : this.#wrongType(path, value, 'dict');
      case 'list':
        if (!Array.isArray(value)) return this.#wrongType(path, value, 'list, tuple');
        this.#atLeast(path, 'length', value.length, shape.min);
        return value.map((item, i) => this.#value(shape.member, item, `${path}[${i}]`));
      case 'map':
        if (!isFields(value)) return this.#wrongType(path, value, 'dict');
        return Object.fromEntries(
          Object.entries(value).map(([key, item]) => [
            key,
            this.#value(shape.value, item, `${path}.${key}`),
          ]),
        );
      case 'document':
        return value;
      default:
        return this.#scalar(shape, value, path);
    }
  }

  #scalar(shape: Shape, value: unknown, path: string): unknown {
    switch (shape.type) {
      case 'string':
        if (typeof value !== 'string') return this.#wrongType(path, value, 'str');
        this.#atLeast(path, 'length', value.length, shape.min);
        return value;
      case 'boolean':
        return typeof value === 'boolean' ? value : this.#wrongType(path, value, 'bool');
      case 'blob':
        return this.#blob(value, path);
      case 'timestamp':
        return this.#timestamp(value, path);
      case 'float':
      case 'double':
      case 'bigDecimal':
        return typeof value === 'number' ? value : this.#wrongType(path, value, 'float, int');
      default:
        if (!Number.isInteger(value)) return this.#wrongType(path, value, 'int');
        if ('min' in shape) this.#atLeast(path, 'value', value as number, shape.min);
        return value;
    }
  }

  #blob(value: unknown, path: string): unknown {
    if (value instanceof Uint8Array) return value;
    if (typeof value !== 'string') return this.#wrongType(path, value, 'bytes');
    if (this.#binaryFormat === 'raw-in-base64-out') return Buffer.from(value);
    const bytes = fromBase64(value.trim());
    if (!bytes) this.complaints.push(`Invalid base64: "${value}"`);
    return bytes;
  }

  #timestamp(value: unknown, path: string): unknown {
    const date = parseTimestamp(String(value));
    if (!date) this.#wrongType(path, value, 'timestamp');
    return date;
  }

  #atLeast(path: string, what: 'length' | 'value', given: number, min: number | undefined): void {
    if (min === undefined || given >= min) return;
    this.complaints.push(
      `Invalid ${what} for parameter ${path}, value: ${given}, valid min ${what}: ${min}`,
    );
  }

  #wrongType(path: string, value: unknown, expected: string): undefined {
    const shown = typeof value === 'string' ? value : JSON.stringify(value);
    this.complaints.push(
      `Invalid type for parameter ${path}, value: ${shown}, valid types: ${expected}`,
    );
    return undefined;
  }
}
