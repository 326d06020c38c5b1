import type { AttributeType } from '../attribute-value.ts';
import { typeOf } from '../attribute-value.ts';
import { refuseReservedSteps } from './bind-condition.ts';
import { type FunctionRules, bindOperand } from './bind-operand.ts';
import type { Bindings } from './bindings.ts';
import { refuseClashes } from './projection.ts';
import { ExpressionProblem } from './syntax.ts';
import type { Operand, Update, UpdateAction, UpdateValue } from './syntax.ts';

/** Functions of updates and how many operands each takes. */
const OPERANDS_BY_FUNCTION: Readonly<Record<string, number>> = { if_not_exists: 2, list_append: 2 };
/** Functions that conditions have and updates have not. */
const OF_CONDITIONS: readonly string[] = [
  'attribute_exists',
  'attribute_not_exists',
  'attribute_type',
  'begins_with',
  'contains',
  'size',
];

/** Replaces placeholders and checks what the grammar leaves open, in AWS's order. */
export function bindUpdate(update: Update, bindings: Bindings): Update {
  for (const action of update) visitOperands(action, refuseUnknownFunctions);
  for (const action of update) visitOperands(action, refuseMisusedFunctions);
  for (const action of update) {
    refuseReservedSteps(action.path);
    visitOperands(action, (operand) => {
      if (operand.kind === 'path') refuseReservedSteps(operand.path);
    });
  }
  const bound = update.map((action) => bindAction(action, bindings));
  refuseClashes(bound.map(({ path }) => path));
  for (const action of bound) checkTypes(action);
  return bound;
}

/** @param check also learns whether the operand is the whole value */
function visitOperands(
  action: UpdateAction,
  check: (operand: Operand, isWhole: boolean) => void,
): void {
  const visit = (operand: Operand, isWhole: boolean): void => {
    check(operand, isWhole);
    if (operand.kind === 'function') for (const each of operand.operands) visit(each, false);
  };
  if (action.kind === 'REMOVE') return;
  const { value } = action;
  if (value.kind === 'arithmetic') for (const each of value.operands) visit(each, false);
  else visit(value, true);
}

function refuseUnknownFunctions(operand: Operand): void {
  if (operand.kind !== 'function' || Object.hasOwn(OPERANDS_BY_FUNCTION, operand.name)) return;
  const { name } = operand;
  throw new ExpressionProblem(
    OF_CONDITIONS.includes(name)
      ? `The function is not allowed in an update expression; function: ${name}`
      : `Invalid function name; function: ${name}`,
  );
}

/** `list_append` gives a whole value: nothing may be made of it. */
function refuseMisusedFunctions(operand: Operand, isWhole: boolean): void {
  if (operand.kind !== 'function' || operand.name !== 'list_append' || isWhole) return;
  throw new ExpressionProblem(
    'The function is not allowed to be used this way in an expression; function: list_append',
  );
}

function bindAction(action: UpdateAction, bindings: Bindings): UpdateAction {
  const path = bindings.path(action.path);
  switch (action.kind) {
    case 'SET':
      return { kind: 'SET', path, value: bindValue(action.value, bindings) };
    case 'REMOVE':
      return { kind: 'REMOVE', path };
    case 'ADD':
    case 'DELETE':
      return { kind: action.kind, path, value: bindOperand(action.value, bindings, FUNCTIONS) };
  }
}

function bindValue(value: UpdateValue, bindings: Bindings): UpdateValue {
  if (value.kind !== 'arithmetic') return bindOperand(value, bindings, FUNCTIONS);
  const [left, right] = value.operands;
  return {
    ...value,
    operands: [bindOperand(left, bindings, FUNCTIONS), bindOperand(right, bindings, FUNCTIONS)],
  };
}

const FUNCTIONS: FunctionRules = {
  operandCounts: OPERANDS_BY_FUNCTION,
  check({ name, operands }) {
    if (name !== 'if_not_exists' || operands[0]!.kind === 'path') return;
    throw new ExpressionProblem(
      `Operator or function requires a document path; operator or function: ${name}`,
    );
  },
};

/** What the types of literals tell before any item is there. */
function checkTypes(action: UpdateAction): void {
  switch (action.kind) {
    case 'SET': {
      const { value } = action;
      if (value.kind === 'arithmetic') {
        for (const operand of value.operands) requireType(value.operator, operand, ['N']);
      }
      return visitOperands(action, (operand) => {
        if (operand.kind !== 'function' || operand.name !== 'list_append') return;
        for (const each of operand.operands) requireType('list_append', each, ['L']);
      });
    }
    case 'ADD':
      return requireTypeSet('ADD', action.value, ['N', 'SS', 'NS', 'BS']);
    case 'DELETE':
      return requireTypeSet('DELETE', action.value, ['SS', 'NS', 'BS']);
    case 'REMOVE':
  }
}

function requireType(operator: string, operand: Operand, allowed: readonly AttributeType[]): void {
  const type = staticType(operand);
  if (type === undefined || allowed.includes(type)) return;
  throw new ExpressionProblem(
    `Incorrect operand type for operator or function; operator or function: ${operator}, operand type: ${type}`,
  );
}

function requireTypeSet(
  operator: 'ADD' | 'DELETE',
  operand: Operand,
  allowed: readonly AttributeType[],
): void {
  const type = staticType(operand);
  if (type === undefined || allowed.includes(type)) return;
  throw new ExpressionProblem(
    `Incorrect operand type for operator or function; operator: ${operator}, operand type: ${LONG_NAMES[type]}, typeSet: ALLOWED_FOR_${operator}_OPERAND`,
  );
}

const LONG_NAMES: Readonly<Record<AttributeType, string>> = {
  S: 'STRING',
  N: 'NUMBER',
  B: 'BINARY',
  BOOL: 'BOOLEAN',
  NULL: 'NULL',
  SS: 'STRING_SET',
  NS: 'NUMBER_SET',
  BS: 'BINARY_SET',
  L: 'LIST',
  M: 'MAP',
};

function staticType(operand: Operand): AttributeType | undefined {
  return operand.kind === 'literal' ? typeOf(operand.value) : undefined;
}
