import type { Member, ServiceModel, Shape } from './model.ts';
import { matchesPattern } from './match-pattern.ts';

/** A rule of the model that a value can break. */
export type Constraint =
  | { readonly kind: 'required' }
  | { readonly kind: 'maxLength' | 'minLength' | 'maxValue' | 'minValue'; readonly limit: number }
  | { readonly kind: 'pattern'; readonly pattern: string }
  | { readonly kind: 'enum'; readonly values: readonly string[] };

/** The rules of a scalar, or of a list's or map's size, in the order in which AWS lists them. */
export function constraintsOf(shape: Shape): readonly Constraint[] {
  let constraints = constraintsByShape.get(shape);
  if (!constraints) {
    constraints = [...bounds(shape), ...textRules(shape)];
    constraintsByShape.set(shape, constraints);
  }
  return constraints;
}

const constraintsByShape = new WeakMap<Shape, readonly Constraint[]>();

function bounds(shape: Shape): Constraint[] {
  const { min, max } = shape as { min?: number; max?: number };
  const noun = hasLength(shape) ? 'Length' : 'Value';
  return [
    ...(max === undefined ? [] : [{ kind: `max${noun}` as const, limit: max }]),
    ...(min === undefined ? [] : [{ kind: `min${noun}` as const, limit: min }]),
  ];
}

function hasLength({ type }: Shape): boolean {
  return type === 'string' || type === 'blob' || type === 'list' || type === 'map';
}

function textRules(shape: Shape): Constraint[] {
  if (shape.type !== 'string') return [];
  return [
    ...(shape.pattern === undefined ? [] : [{ kind: 'pattern' as const, pattern: shape.pattern }]),
    ...(shape.enum === undefined ? [] : [{ kind: 'enum' as const, values: shape.enum }]),
  ];
}

/** The rules of its shape that a value breaks. A text that is too long is not matched further. */
export function brokenConstraints(shape: Shape, value: unknown): readonly Constraint[] {
  const broken: Constraint[] = [];
  for (const constraint of constraintsOf(shape)) {
    if (isKept(constraint, value)) continue;
    broken.push(constraint);
    if (constraint.kind === 'maxLength') break;
  }
  return broken;
}

function isKept(constraint: Constraint, value: unknown): boolean {
  switch (constraint.kind) {
    case 'required':
      return value !== undefined;
    case 'maxLength':
      return lengthOf(value) <= constraint.limit;
    case 'minLength':
      return lengthOf(value) >= constraint.limit;
    case 'maxValue':
      return Number(value) <= constraint.limit;
    case 'minValue':
      return Number(value) >= constraint.limit;
    case 'pattern':
      return matchesPattern(constraint.pattern, value as string);
    default:
      return constraint.values.includes(value as string);
  }
}

/** Of a text UTF-16 units, as Java counts; of bytes, lists and maps their number. */
function lengthOf(value: unknown): number {
  if (typeof value === 'string' || Array.isArray(value)) return value.length;
  if (ArrayBuffer.isView(value)) return value.byteLength;
  return Object.keys(value as object).length;
}

/** Whether a member's values can be told from their text alone. */
export function isScalar(model: ServiceModel, member: Member): boolean {
  const type = model.shapes[member.shape]?.type;
  return type !== 'structure' && type !== 'union' && type !== 'list' && type !== 'map';
}
