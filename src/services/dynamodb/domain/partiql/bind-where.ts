import { validation } from '../../errors.ts';
import type { Condition, Operand } from '../expressions/syntax.ts';
import { type Parameters, valueOf } from './bind-values.ts';
import { malformedStatement } from './malformed.ts';
import type { Expression, Where } from './syntax.ts';

/** Functions that are conditions, how many operands each takes, and what expressions call it. */
const FUNCTIONS: Readonly<Record<string, readonly [name: string, operands: number]>> = {
  attribute_exists: ['attribute_exists', 1],
  attribute_not_exists: ['attribute_not_exists', 1],
  attribute_type: ['attribute_type', 2],
  begins_with: ['begins_with', 2],
  contains: ['contains', 2],
  exists: ['attribute_exists', 1],
  missing: ['attribute_not_exists', 1],
};

/** A WHERE clause as the condition that filters and guards are made of. */
export function bindWhere(where: Where, parameters: Parameters): Condition {
  const operand = (expression: Expression): Operand => bindOperand(expression, parameters);
  switch (where.kind) {
    case 'and':
    case 'or':
      return {
        kind: where.kind,
        left: bindWhere(where.left, parameters),
        right: bindWhere(where.right, parameters),
      };
    case 'not':
      return { kind: 'not', condition: bindWhere(where.where, parameters) };
    case 'comparison': {
      const [left, right] = where.operands;
      return { ...where, operands: [operand(left), operand(right)] };
    }
    case 'between': {
      const [tested, low, high] = where.operands;
      return { kind: 'between', operands: [operand(tested), operand(low), operand(high)] };
    }
    case 'in':
      return { kind: 'in', operands: [operand(where.tested), ...where.candidates.map(operand)] };
    case 'is':
      return where.state === 'MISSING'
        ? { kind: 'function', name: 'attribute_not_exists', operands: [operand(where.tested)] }
        : {
            kind: 'function',
            name: 'attribute_type',
            operands: [operand(where.tested), { kind: 'literal', value: { S: 'NULL' } }],
          };
    case 'call': {
      const [name, count] = (Object.hasOwn(FUNCTIONS, where.name) && FUNCTIONS[where.name]) || [];
      if (name === undefined) throw malformedStatement(`No such function: ${where.name}`);
      checkCount(where.name, where.operands.length, count!);
      return { kind: 'function', name, operands: where.operands.map(operand) };
    }
  }
}

/** `size` is the one function that gives a value in a condition. */
function bindOperand(expression: Expression, parameters: Parameters): Operand {
  switch (expression.kind) {
    case 'path':
      return expression;
    case 'call':
      if (expression.name !== 'size') {
        throw malformedStatement(`No such function here: ${expression.name}`);
      }
      checkCount('size', expression.operands.length, 1);
      return {
        kind: 'function',
        name: 'size',
        operands: [bindOperand(expression.operands[0]!, parameters)],
      };
    case 'arithmetic':
      throw validation('Arithmetic is not supported in a WHERE clause');
    default:
      return { kind: 'literal', value: valueOf(expression, parameters) };
  }
}

export function checkCount(name: string, given: number, wanted: number): void {
  if (given === wanted) return;
  throw validation(
    `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${given}`,
  );
}
