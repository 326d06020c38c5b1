import type { AttributeType, AttributeValue } from '../attribute-value.ts';
import { typeOf } from '../attribute-value.ts';
import { type FunctionRules, bindFunction, bindOperand } from './bind-operand.ts';
import type { Bindings } from './bindings.ts';
import { compareValues } from './compare.ts';
import { isReserved } from './reserved-words.ts';
import { ExpressionProblem } from './syntax.ts';
import type { Condition, Operand, Path } from './syntax.ts';

/** Functions of conditions and how many operands each takes. */
const OPERANDS_BY_FUNCTION: Readonly<Record<string, number>> = {
  attribute_exists: 1,
  attribute_not_exists: 1,
  attribute_type: 2,
  begins_with: 2,
  contains: 2,
  size: 1,
};
/** Functions that updates have and conditions have not. */
const OF_UPDATES: readonly string[] = ['if_not_exists', 'list_append'];
const MAX_CANDIDATES = 100;
const TYPE_NAMES: readonly string[] = ['B', 'NULL', 'SS', 'BOOL', 'L', 'BS', 'N', 'NS', 'S', 'M'];

/** Replaces placeholders and checks what the grammar leaves open, in AWS's order. */
export function bindCondition(condition: Condition, bindings: Bindings): Condition {
  visit(condition, refuseUnknownFunctions);
  visit(condition, refuseMisusedFunctions);
  visit(condition, refuseReservedWords);
  return bind(condition, bindings);
}

function visit(condition: Condition, check: (node: Condition) => void): void {
  check(condition);
  if (condition.kind === 'and' || condition.kind === 'or') {
    visit(condition.left, check);
    visit(condition.right, check);
  } else if (condition.kind === 'not') visit(condition.condition, check);
}

/** All paths that a condition looks at. */
export function pathsIn(condition: Condition): readonly Path[] {
  const paths: Path[] = [];
  const collect = (node: Condition | Operand): void => {
    if (node.kind === 'path') paths.push(node.path);
    else if ('operands' in node) node.operands.forEach(collect);
  };
  visit(condition, collect);
  return paths;
}

/** The operands of a condition that has no conditions below it. */
function operandsOf(condition: Condition): readonly Operand[] {
  return 'operands' in condition ? condition.operands : [];
}

function refuseUnknownFunctions(node: Condition | Operand): void {
  if (node.kind === 'function' && !Object.hasOwn(OPERANDS_BY_FUNCTION, node.name)) {
    throw new ExpressionProblem(
      OF_UPDATES.includes(node.name)
        ? `The function is not allowed in a condition expression; function: ${node.name}`
        : `Invalid function name; function: ${node.name}`,
    );
  }
  if ('operands' in node) node.operands.forEach(refuseUnknownFunctions);
}

/** `size` is the one function that gives an operand, and the one that is no condition. */
function refuseMisusedFunctions(condition: Condition): void {
  const misused = operandsOf(condition).find(
    (operand) => operand.kind === 'function' && operand.name !== 'size',
  );
  const name =
    misused?.kind === 'function'
      ? misused.name
      : condition.kind === 'function' && condition.name === 'size'
        ? condition.name
        : undefined;
  if (name === undefined) return;
  throw new ExpressionProblem(
    `The function is not allowed to be used this way in an expression; function: ${name}`,
  );
}

function refuseReservedWords(node: Condition | Operand): void {
  if (node.kind === 'path') refuseReservedSteps(node.path);
  else if ('operands' in node) node.operands.forEach(refuseReservedWords);
}

/** Names that were written out; those behind a `#` may be anything. */
export function refuseReservedSteps(path: Path): void {
  for (const step of path) {
    if (typeof step !== 'string' || !isReserved(step)) continue;
    throw new ExpressionProblem(`Attribute name is a reserved keyword; reserved keyword: ${step}`);
  }
}

function bind(condition: Condition, bindings: Bindings): Condition {
  const operand = (unbound: Operand): Operand => bindOperand(unbound, bindings, FUNCTIONS);
  switch (condition.kind) {
    case 'and':
    case 'or':
      return {
        kind: condition.kind,
        left: bind(condition.left, bindings),
        right: bind(condition.right, bindings),
      };
    case 'not':
      return { kind: 'not', condition: bind(condition.condition, bindings) };
    case 'comparison': {
      const [left, right] = condition.operands;
      const bound = { ...condition, operands: [operand(left), operand(right)] as const };
      refuseSameOperands(condition.comparator, bound.operands);
      checkComparison(condition.comparator, bound.operands);
      return bound;
    }
    case 'between': {
      const [tested, low, high] = condition.operands;
      const bound = {
        ...condition,
        operands: [operand(tested), operand(low), operand(high)] as const,
      };
      refuseSameOperands('BETWEEN', bound.operands);
      checkBounds(bound.operands[1], bound.operands[2]);
      return bound;
    }
    case 'in':
      return bindMembership(condition.operands.map(operand));
    case 'function':
      return bindFunction(condition, bindings, FUNCTIONS);
  }
}

function bindMembership(operands: readonly Operand[]): Condition {
  refuseSameOperands('IN', operands);
  const candidates = operands.length - 1;
  if (candidates <= MAX_CANDIDATES) return { kind: 'in', operands };
  throw new ExpressionProblem(
    `The IN operator is provided with too many operands; number of operands: ${candidates}`,
  );
}

const FUNCTIONS: FunctionRules = {
  operandCounts: OPERANDS_BY_FUNCTION,
  check({ name, operands }) {
    refuseSameOperands(name, operands);
    checkFunctionTypes(name, operands);
  },
};

function checkFunctionTypes(name: string, operands: readonly Operand[]): void {
  const [first, second] = operands;
  if (name === 'attribute_exists' || name === 'attribute_not_exists') {
    if (first?.kind === 'path') return;
    throw new ExpressionProblem(
      `Operator or function requires a document path; operator or function: ${name}`,
    );
  }
  if (name === 'begins_with') {
    for (const operand of operands) {
      const type = staticType(operand);
      if (type && type !== 'S' && type !== 'B') throw wrongType(name, type);
    }
  }
  if (name === 'size') {
    const type = staticType(first);
    if (type === 'N' || type === 'BOOL' || type === 'NULL') throw wrongType(name, type);
  }
  if (name === 'attribute_type') {
    const value = second?.kind === 'literal' ? second.value : undefined;
    if (!value || !('S' in value)) {
      throw wrongType(name, staticType(second) ?? '{NS,SS,L,BS,N,M,B,BOOL,NULL,S}');
    }
    if (TYPE_NAMES.includes(value.S)) return;
    throw new ExpressionProblem(
      `Invalid attribute type name found; type: ${value.S}, valid types: {${TYPE_NAMES.join(',')}}`,
    );
  }
}

/** Only equality is defined for every type. */
function checkComparison(comparator: string, operands: readonly Operand[]): void {
  if (comparator === '=' || comparator === '<>') return;
  for (const operand of operands) requireOrdered(comparator, operand);
}

function requireOrdered(operator: string, operand: Operand): void {
  const type = staticType(operand);
  if (type && type !== 'S' && type !== 'N' && type !== 'B') throw wrongType(operator, type);
}

function checkBounds(low: Operand, high: Operand): void {
  for (const bound of [low, high]) requireOrdered('BETWEEN', bound);
  if (low.kind !== 'literal' || high.kind !== 'literal') return;
  const shown = `lower bound operand: AttributeValue: ${show(low.value)}, upper bound operand: AttributeValue: ${show(high.value)}`;
  if (typeOf(low.value) !== typeOf(high.value)) {
    throw new ExpressionProblem(
      `The BETWEEN operator requires same data type for lower and upper bounds; ${shown}`,
    );
  }
  if ((compareValues(low.value, high.value) ?? 0) <= 0) return;
  throw new ExpressionProblem(
    `The BETWEEN operator requires upper bound to be greater than or equal to lower bound; ${shown}`,
  );
}

function refuseSameOperands(operator: string, operands: readonly Operand[]): void {
  const [first, ...rest] = operands;
  if (first?.kind !== 'path') return;
  const same = JSON.stringify(first);
  if (!rest.some((operand) => JSON.stringify(operand) === same)) return;
  const shown = first.path.map((step) => (typeof step === 'number' ? `[${step}]` : step));
  throw new ExpressionProblem(
    `The first operand must be distinct from the remaining operands for this operator or function; operator: ${operator}, first operand: [${shown.join(', ')}]`,
  );
}

/** The type of an operand, where it is known before any item is. */
function staticType(operand: Operand | undefined): AttributeType | undefined {
  if (operand?.kind === 'function') return 'N';
  return operand?.kind === 'literal' ? typeOf(operand.value) : undefined;
}

function wrongType(operator: string, type: string): ExpressionProblem {
  return new ExpressionProblem(
    `Incorrect operand type for operator or function; operator or function: ${operator}, operand type: ${type}`,
  );
}

function show(value: AttributeValue): string {
  const [[type, content]] = Object.entries(value) as [[string, unknown]];
  return `{${type}:${String(content)}}`;
}
