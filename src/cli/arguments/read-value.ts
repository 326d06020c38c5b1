import type { Member, ServiceModel, Shape } from '../../models/model.ts';
import { shapeOf } from '../../gateway/protocols/shapes.ts';
import { usageError } from '../failure.ts';
import { readPath, referencedFile } from './referenced-file.ts';
import { parseShorthand, type Spelled } from './shorthand.ts';

/** How blobs are given on the command line: as base64, or as they are. */
export type BinaryFormat = 'base64' | 'raw-in-base64-out';

/** An argument's value as typed: one text, or several where the member is a list. */
export type Typed = string | readonly string[];

/**
 * Reads the value of one argument: text, JSON, shorthand or a file. What comes out is JSON still,
 * with bytes only where a file gave them; `admit` gives it the model's types.
 */
export function readValue(model: ServiceModel, member: Member, typed: Typed): unknown {
  const shape = shapeOf(model, member.shape);
  if (shape.type === 'blob' && member.streaming) return readPath(typed as string);
  const text = unfile(typed);
  if (text instanceof Uint8Array) return text;
  return parse(model, shape, text);
}

/** A file takes the place of a single value, whatever its shape. */
function unfile(typed: Typed): Typed | Uint8Array {
  const only = typeof typed === 'string' ? typed : typed.length === 1 ? typed[0]! : undefined;
  const content = only === undefined ? undefined : referencedFile(only);
  if (content === undefined) return typed;
  return typeof typed === 'string' || content instanceof Uint8Array ? content : [content];
}

function parse(model: ServiceModel, shape: Shape, typed: Typed): unknown {
  switch (shape.type) {
    case 'structure':
    case 'union':
    case 'map': {
      const text = typed as string;
      if (/^\s*[{[]/.test(text)) return parseJson(text);
      if (isOnlyValue(model, shape) && !text.includes('=')) return { Value: text };
      return spelledAs(model, shape, shorthand(text));
    }
    case 'list': {
      if (typeof typed === 'string') return parseJson(typed);
      const item = shapeOf(model, shape.member.shape);
      if (typed.length === 1 && /^\s*\[/.test(typed[0]!)) return parseJson(typed[0]!);
      return typed.map((text) => parse(model, item, item.type === 'list' ? [text] : text));
    }
    case 'document':
      return parseJson(typed as string);
    default:
      return scalar(shape, typed as string);
  }
}

/** A structure that has nothing but a `Value`, as in `--instance-type t3.small`. */
function isOnlyValue(model: ServiceModel, shape: Shape): boolean {
  if (shape.type !== 'structure') return false;
  const [first, second] = Object.entries(shape.members);
  if (second || first?.[0] !== 'Value') return false;
  return shapeOf(model, first[1].shape).type === 'string';
}

function shorthand(text: string): Spelled {
  return parseShorthand(text, (reference) => {
    const content = referencedFile(reference);
    return content === undefined ? reference : Buffer.from(content).toString();
  });
}

/** Gives shorthand the model's types: numbers, booleans, and a list where one value was spelled. */
function spelledAs(model: ServiceModel, shape: Shape, value: Spelled): unknown {
  switch (shape.type) {
    case 'structure':
    case 'union':
      return mapFields(value, (key, inner) => {
        const member = shape.members[key];
        return member ? spelledAs(model, shapeOf(model, member.shape), inner) : inner;
      });
    case 'map':
      return mapFields(value, (_, inner) =>
        spelledAs(model, shapeOf(model, shape.value.shape), inner),
      );
    case 'list': {
      const item = shapeOf(model, shape.member.shape);
      return (Array.isArray(value) ? value : [value]).map((each) => spelledAs(model, item, each));
    }
    default:
      return typeof value === 'string' ? scalar(shape, value) : value;
  }
}

function mapFields(value: Spelled, convert: (key: string, inner: Spelled) => unknown): unknown {
  if (typeof value === 'string' || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, convert(key, inner)]),
  );
}

function scalar(shape: Shape, text: string): unknown {
  switch (shape.type) {
    case 'byte':
    case 'short':
    case 'integer':
    case 'long':
    case 'bigInteger':
      if (!/^\s*[+-]?\d+\s*$/.test(text)) {
        throw usageError(`invalid literal for int() with base 10: '${text}'`);
      }
      return Number(text);
    case 'float':
    case 'double':
    case 'bigDecimal':
      if (text.trim() === '' || Number.isNaN(Number(text))) {
        throw usageError(`could not convert string to float: '${text}'`);
      }
      return Number(text);
    case 'boolean':
      if (text.toLowerCase() === 'true') return true;
      return text.toLowerCase() === 'false' ? false : text;
    default:
      return text;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw usageError(`Invalid JSON: ${(cause as Error).message}\nJSON received: ${text}`);
  }
}
