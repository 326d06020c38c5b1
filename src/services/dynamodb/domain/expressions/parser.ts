import { ExpressionReader } from './reader.ts';
import type { Comparator, Condition, Operand, Path } from './syntax.ts';

const COMPARATORS: ReadonlySet<string> = new Set<Comparator>(['=', '<>', '<', '<=', '>', '>=']);

/**
 * Parses conditions, as key, filter and condition expressions share them.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html
 */
export function parseCondition(expression: string): Condition {
  const parser = new ConditionParser(expression);
  const condition = parser.disjunction();
  parser.finish();
  return condition;
}

/** Parses the paths of a projection expression. */
export function parseProjection(expression: string): readonly Path[] {
  const reader = new ExpressionReader(expression);
  const paths = reader.list(() => reader.path());
  reader.finish();
  return paths;
}

/** A recursive descent: one method a rule, the weakest operator first. */
class ConditionParser extends ExpressionReader {
  disjunction(): Condition {
    let left = this.#conjunction();
    while (this.takeWord('OR')) {
      this.countOperator();
      left = { kind: 'or', left, right: this.#conjunction() };
    }
    return left;
  }

  #conjunction(): Condition {
    let left = this.#negation();
    while (this.takeWord('AND')) {
      this.countOperator();
      left = { kind: 'and', left, right: this.#negation() };
    }
    return left;
  }

  #negation(): Condition {
    if (this.takeWord('NOT')) {
      this.countOperator();
      return { kind: 'not', condition: this.#negation() };
    }
    if (!this.isSymbol('(') || this.#parenthesesHoldOperand()) return this.#predicate();
    return this.parenthesized(() => this.disjunction());
  }

  /** `(a) = :b`: what follows the matching parenthesis tells. */
  #parenthesesHoldOperand(): boolean {
    let depth = 0;
    for (let at = this.at; at < this.tokens.length; at++) {
      const { kind, text } = this.tokens[at]!;
      if (kind !== 'symbol') continue;
      if (text === '(') depth += 1;
      if (text === ')' && --depth === 0) {
        const following = this.tokens[at + 1]!.text.toUpperCase();
        return COMPARATORS.has(following) || following === 'BETWEEN' || following === 'IN';
      }
    }
    return false;
  }

  #predicate(): Condition {
    const operand = this.#operand();
    if (COMPARATORS.has(this.next.text)) {
      const comparator = this.advance().text as Comparator;
      this.countOperator();
      return { kind: 'comparison', comparator, operands: [operand, this.#operand()] };
    }
    if (this.takeWord('BETWEEN')) {
      this.countOperator();
      const low = this.#operand();
      if (!this.takeWord('AND')) throw this.syntaxError();
      return { kind: 'between', operands: [operand, low, this.#operand()] };
    }
    if (this.takeWord('IN')) {
      this.countOperator();
      this.take('(');
      const candidates = this.list(() => this.#operand());
      this.take(')');
      return { kind: 'in', operands: [operand, ...candidates] };
    }
    if (operand.kind === 'function') return operand;
    throw this.syntaxError();
  }

  #operand(): Operand {
    if (this.isSymbol('(')) return this.parenthesized(() => this.#operand());
    if (this.next.kind === 'attribute-value') {
      return { kind: 'placeholder', name: this.advance().text };
    }
    if (this.next.kind === 'name' && this.peek(1).text === '(') {
      const name = this.advance().text;
      this.countOperator();
      this.take('(');
      const operands = this.list(() => this.#operand());
      this.take(')');
      return { kind: 'function', name, operands };
    }
    return { kind: 'path', path: this.path() };
  }
}
