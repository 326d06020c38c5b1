import type { AttributeValue, Item } from '../attribute-value.ts';
import { attributeOf, typeOf } from '../attribute-value.ts';
import { compareValues, equalValues } from './compare.ts';
import type { Comparator, Condition, FunctionCall, Operand, Path } from './syntax.ts';

/** Whether a bound condition holds for an item; for the empty item where there is none. */
export function holds(condition: Condition, item: Item): boolean {
  switch (condition.kind) {
    case 'and':
      return holds(condition.left, item) && holds(condition.right, item);
    case 'or':
      return holds(condition.left, item) || holds(condition.right, item);
    case 'not':
      return !holds(condition.condition, item);
    case 'comparison': {
      const [left, right] = condition.operands.map((operand) => valueOf(operand, item));
      return compares(condition.comparator, left, right);
    }
    case 'between': {
      const [tested, low, high] = condition.operands.map((operand) => valueOf(operand, item));
      return compares('>=', tested, low) && compares('<=', tested, high);
    }
    case 'in': {
      const [tested, ...candidates] = condition.operands.map((operand) => valueOf(operand, item));
      return candidates.some((candidate) => compares('=', tested, candidate));
    }
    case 'function':
      return functionHolds(condition, item);
  }
}

/** What stands at a path, if anything does. */
export function valueAt([name, ...steps]: Path, item: Item): AttributeValue | undefined {
  let value = attributeOf(item, name as string);
  for (const step of steps) value = value && elementOf(value, step);
  return value;
}

function elementOf(value: AttributeValue, step: string | number): AttributeValue | undefined {
  if (typeof step === 'number') return 'L' in value ? value.L[step] : undefined;
  return 'M' in value ? attributeOf(value.M, step) : undefined;
}

function valueOf(operand: Operand, item: Item): AttributeValue | undefined {
  switch (operand.kind) {
    case 'path':
      return valueAt(operand.path, item);
    case 'literal':
      return operand.value;
    case 'function': {
      const size = sizeOf(valueOf(operand.operands[0]!, item));
      return size === undefined ? undefined : { N: String(size) };
    }
    case 'placeholder':
      throw new Error(`the expression value ${operand.name} was not bound`);
  }
}

/** What is not there compares with nothing, but differs from everything. */
function compares(
  comparator: Comparator,
  left: AttributeValue | undefined,
  right: AttributeValue | undefined,
): boolean {
  if (!left || !right) return comparator === '<>';
  if (comparator === '=') return equalValues(left, right);
  if (comparator === '<>') return !equalValues(left, right);
  const order = compareValues(left, right);
  if (order === undefined) return false;
  switch (comparator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}

function functionHolds({ name, operands }: FunctionCall, item: Item): boolean {
  const [first, second] = operands.map((operand) => valueOf(operand, item));
  switch (name) {
    case 'attribute_exists':
      return first !== undefined;
    case 'attribute_not_exists':
      return first === undefined;
    case 'attribute_type':
      return (
        first !== undefined && second !== undefined && 'S' in second && typeOf(first) === second.S
      );
    case 'begins_with':
      return first !== undefined && second !== undefined && beginsWith(first, second);
    case 'contains':
      return first !== undefined && second !== undefined && contains(first, second);
    default:
      throw new Error(`no condition function ${name}`);
  }
}

function beginsWith(value: AttributeValue, beginning: AttributeValue): boolean {
  if ('S' in value && 'S' in beginning) return value.S.startsWith(beginning.S);
  if (!('B' in value) || !('B' in beginning)) return false;
  const wanted = Buffer.from(beginning.B, 'base64');
  return Buffer.from(value.B, 'base64').subarray(0, wanted.length).equals(wanted);
}

function contains(value: AttributeValue, wanted: AttributeValue): boolean {
  if ('S' in value) return 'S' in wanted && value.S.includes(wanted.S);
  if ('B' in value) {
    return (
      'B' in wanted && Buffer.from(value.B, 'base64').includes(Buffer.from(wanted.B, 'base64'))
    );
  }
  if ('SS' in value) return 'S' in wanted && value.SS.includes(wanted.S);
  if ('NS' in value) return 'N' in wanted && value.NS.includes(wanted.N);
  if ('BS' in value) return 'B' in wanted && value.BS.includes(wanted.B);
  return 'L' in value && value.L.some((element) => equalValues(element, wanted));
}

/** Characters, bytes or elements, by type; other types have no size. */
function sizeOf(value: AttributeValue | undefined): number | undefined {
  if (!value) return undefined;
  if ('S' in value) return value.S.length;
  if ('B' in value) return Buffer.byteLength(value.B, 'base64');
  if ('SS' in value) return value.SS.length;
  if ('NS' in value) return value.NS.length;
  if ('BS' in value) return value.BS.length;
  if ('L' in value) return value.L.length;
  if ('M' in value) return Object.keys(value.M).length;
  return undefined;
}
