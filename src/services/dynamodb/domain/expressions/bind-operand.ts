import type { Bindings } from './bindings.ts';
import { ExpressionProblem } from './syntax.ts';
import type { FunctionCall, Operand } from './syntax.ts';

/** The functions of one kind of expression. */
export interface FunctionRules {
  /** How many operands each takes. */
  readonly operandCounts: Readonly<Record<string, number>>;
  /** Refuses what a call must not be, once its operands are bound. */
  check(call: FunctionCall): void;
}

/** Replaces placeholders in an operand. */
export function bindOperand(operand: Operand, bindings: Bindings, rules: FunctionRules): Operand {
  switch (operand.kind) {
    case 'path':
      return { kind: 'path', path: bindings.path(operand.path) };
    case 'placeholder':
      return { kind: 'literal', value: bindings.value(operand.name) };
    case 'function':
      return bindFunction(operand, bindings, rules);
    case 'literal':
      return operand;
  }
}

export function bindFunction(
  { name, operands: unbound }: FunctionCall,
  bindings: Bindings,
  rules: FunctionRules,
): FunctionCall {
  const operands = unbound.map((operand) => bindOperand(operand, bindings, rules));
  if (operands.length !== rules.operandCounts[name]) {
    throw new ExpressionProblem(
      `Incorrect number of operands for operator or function; operator or function: ${name}, number of operands: ${operands.length}`,
    );
  }
  const call: FunctionCall = { kind: 'function', name, operands };
  rules.check(call);
  return call;
}
