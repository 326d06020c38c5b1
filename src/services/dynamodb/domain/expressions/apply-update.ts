import {
  incorrectOperandType,
  missingAttribute,
  mistypedAttributeUpdate,
  validation,
} from '../../errors.ts';
import type { AttributeValue, Item } from '../attribute-value.ts';
import { addNumbers } from '../number.ts';
import { Draft } from './draft.ts';
import { valueAt } from './evaluate.ts';
import type { FunctionCall, Operand, Update, UpdateAction, UpdateValue } from './syntax.ts';

/**
 * The item after a bound update. Every value is taken from the item as it was before.
 *
 * @throws AwsError `ValidationException` where the item does not have what the update speaks of
 */
export function applyUpdate(update: Update, item: Item): Item {
  const draft = new Draft(item);
  const values = update.map((action) => resultOf(action, item));
  for (const [at, { path }] of update.entries()) {
    const value = values[at];
    if (value) draft.set(path, value);
    else draft.remove(path);
  }
  return draft.finish();
}

/** What shall stand at the action's path; `undefined` is nothing. */
function resultOf(action: UpdateAction, item: Item): AttributeValue | undefined {
  switch (action.kind) {
    case 'SET':
      return valueOf(action.value, item);
    case 'REMOVE':
      return undefined;
    case 'ADD':
    case 'DELETE':
      return changed(action, valueAt(action.path, item), operandValue(action.value, item));
  }
}

function changed(
  { kind, legacy }: Extract<UpdateAction, { kind: 'ADD' | 'DELETE' }>,
  standing: AttributeValue | undefined,
  value: AttributeValue,
): AttributeValue | undefined {
  if (!standing) return kind === 'ADD' ? value : undefined;
  const result = kind === 'ADD' ? added(standing, value) : without(standing, value);
  if (result !== 'mistyped') return result;
  throw legacy ? mistypedAttributeUpdate() : incorrectOperandType();
}

function valueOf(value: UpdateValue, item: Item): AttributeValue {
  if (value.kind !== 'arithmetic') return operandValue(value, item);
  const [left, right] = value.operands.map((operand) => operandValue(operand, item));
  if (!('N' in left!) || !('N' in right!)) throw incorrectOperandType();
  return { N: sum(left.N, right.N, value.operator) };
}

function operandValue(operand: Operand, item: Item): AttributeValue {
  switch (operand.kind) {
    case 'path': {
      const value = valueAt(operand.path, item);
      if (!value) throw missingAttribute();
      return value;
    }
    case 'literal':
      return operand.value;
    case 'function':
      return functionValue(operand, item);
    case 'placeholder':
      throw new Error(`the expression value ${operand.name} was not bound`);
  }
}

function functionValue({ name, operands }: FunctionCall, item: Item): AttributeValue {
  const [first, second] = operands as [Operand, Operand];
  if (name === 'if_not_exists') {
    const standing = first.kind === 'path' ? valueAt(first.path, item) : undefined;
    return standing ?? operandValue(second, item);
  }
  const [head, tail] = [operandValue(first, item), operandValue(second, item)];
  if (!('L' in head) || !('L' in tail)) throw incorrectOperandType();
  return { L: [...head.L, ...tail.L] };
}

function sum(left: string, right: string, operator: '+' | '-'): string {
  const result = addNumbers(left, right, operator);
  if ('problem' in result) throw validation(result.problem);
  return result.normal;
}

/** ADD: a number is added, a set's members join those that are there; in AttributeUpdates a list's too. */
function added(standing: AttributeValue, value: AttributeValue): AttributeValue | 'mistyped' {
  if ('N' in standing && 'N' in value) return { N: sum(standing.N, value.N, '+') };
  if ('SS' in standing && 'SS' in value) return { SS: union(standing.SS, value.SS) };
  if ('NS' in standing && 'NS' in value) return { NS: union(standing.NS, value.NS) };
  if ('BS' in standing && 'BS' in value) return { BS: union(standing.BS, value.BS) };
  if ('L' in standing && 'L' in value) return { L: [...standing.L, ...value.L] };
  return 'mistyped';
}

/** DELETE: a set that loses its last member is no more. */
function without(
  standing: AttributeValue,
  value: AttributeValue,
): AttributeValue | 'mistyped' | undefined {
  if ('SS' in standing && 'SS' in value) return whole('SS', difference(standing.SS, value.SS));
  if ('NS' in standing && 'NS' in value) return whole('NS', difference(standing.NS, value.NS));
  if ('BS' in standing && 'BS' in value) return whole('BS', difference(standing.BS, value.BS));
  return 'mistyped';
}

function union(members: readonly string[], more: readonly string[]): string[] {
  return [...new Set([...members, ...more])];
}

function difference(members: readonly string[], less: readonly string[]): string[] {
  const gone = new Set(less);
  return members.filter((member) => !gone.has(member));
}

function whole(type: 'SS' | 'NS' | 'BS', members: string[]): AttributeValue | undefined {
  return members.length === 0 ? undefined : ({ [type]: members } as unknown as AttributeValue);
}
