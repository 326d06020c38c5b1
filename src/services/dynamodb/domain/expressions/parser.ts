import type { Token } from './lexer.ts';
import { tokenize } from './lexer.ts';
import { ExpressionProblem } from './syntax.ts';
import type { Comparator, Condition, Operand, Path } from './syntax.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
const MAX_EXPRESSION_BYTES = 4096;
const MAX_OPERATORS = 300;
const COMPARATORS: ReadonlySet<string> = new Set<Comparator>(['=', '<>', '<', '<=', '>', '>=']);

/**
 * Parses conditions, as key, filter and condition expressions share them.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html
 */
export function parseCondition(expression: string): Condition {
  const parser = new Parser(expression);
  const condition = parser.disjunction();
  parser.finish();
  return condition;
}

/** Parses the paths of a projection expression. */
export function parseProjection(expression: string): readonly Path[] {
  const parser = new Parser(expression);
  const paths = parser.list(() => parser.path());
  parser.finish();
  return paths;
}

/** A recursive descent: one method a rule, the weakest operator first. */
class Parser {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #at = 0;
  #operators = 0;
  #redundantParentheses = false;
  /** The parentheses closed last, by their tokens' indices. */
  #lastGroup = { opened: -1, closed: -1 };

  constructor(text: string) {
    if (text === '') throw new ExpressionProblem('The expression can not be empty;');
    const bytes = Buffer.byteLength(text);
    if (bytes > MAX_EXPRESSION_BYTES) {
      throw new ExpressionProblem(
        `Expression size has exceeded the maximum allowed size; expression size: ${bytes}`,
      );
    }
    this.#text = text;
    this.#tokens = tokenize(text);
  }

  /** Nothing may follow. */
  finish(): void {
    if (this.#next.kind !== 'end') throw this.#syntaxError();
    if (this.#redundantParentheses) {
      throw new ExpressionProblem('The expression has redundant parentheses;');
    }
  }

  disjunction(): Condition {
    let left = this.#conjunction();
    while (this.#takeWord('OR')) {
      left = { kind: 'or', left, right: this.#conjunction() };
    }
    return left;
  }

  #conjunction(): Condition {
    let left = this.#negation();
    while (this.#takeWord('AND')) {
      left = { kind: 'and', left, right: this.#negation() };
    }
    return left;
  }

  #negation(): Condition {
    if (this.#takeWord('NOT')) {
      this.#countOperator();
      return { kind: 'not', condition: this.#negation() };
    }
    if (!this.#isSymbol('(') || this.#parenthesesHoldOperand()) return this.#predicate();
    const opened = this.#at;
    this.#take('(');
    const condition = this.disjunction();
    const closed = this.#at;
    this.#take(')');
    const inner = this.#lastGroup;
    if (inner.opened === opened + 1 && inner.closed === closed - 1) {
      this.#redundantParentheses = true;
    }
    this.#lastGroup = { opened, closed };
    return condition;
  }

  /** `(a) = :b`: what follows the matching parenthesis tells. */
  #parenthesesHoldOperand(): boolean {
    let depth = 0;
    for (let at = this.#at; at < this.#tokens.length; at++) {
      const { kind, text } = this.#tokens[at]!;
      if (kind !== 'symbol') continue;
      if (text === '(') depth += 1;
      if (text === ')' && --depth === 0) {
        const following = this.#tokens[at + 1]!.text.toUpperCase();
        return COMPARATORS.has(following) || following === 'BETWEEN' || following === 'IN';
      }
    }
    return false;
  }

  #predicate(): Condition {
    const operand = this.#operand();
    if (COMPARATORS.has(this.#next.text)) {
      const comparator = this.#advance().text as Comparator;
      this.#countOperator();
      return { kind: 'comparison', comparator, operands: [operand, this.#operand()] };
    }
    if (this.#takeWord('BETWEEN')) {
      const low = this.#operand();
      if (!this.#takeWord('AND')) throw this.#syntaxError();
      return { kind: 'between', operands: [operand, low, this.#operand()] };
    }
    if (this.#takeWord('IN')) {
      this.#take('(');
      const candidates = this.list(() => this.#operand());
      this.#take(')');
      return { kind: 'in', operands: [operand, ...candidates] };
    }
    if (operand.kind === 'function') return operand;
    throw this.#syntaxError();
  }

  #operand(): Operand {
    if (this.#isSymbol('(')) {
      this.#advance();
      const operand = this.#operand();
      this.#take(')');
      return operand;
    }
    if (this.#next.kind === 'attribute-value') {
      return { kind: 'placeholder', name: this.#advance().text };
    }
    if (this.#next.kind === 'name' && this.#peek(1).text === '(') {
      const name = this.#advance().text;
      this.#take('(');
      const operands = this.list(() => this.#operand());
      this.#take(')');
      this.#countOperator();
      return { kind: 'function', name, operands };
    }
    return { kind: 'path', path: this.path() };
  }

  path(): Path {
    const path: (string | number)[] = [this.#pathName()];
    for (;;) {
      if (this.#isSymbol('.')) {
        this.#advance();
        path.push(this.#pathName());
      } else if (this.#isSymbol('[')) {
        this.#advance();
        if (this.#next.kind !== 'number') throw this.#syntaxError();
        path.push(Number(this.#advance().text));
        this.#take(']');
      } else return path;
    }
  }

  #pathName(): string {
    const { kind, text } = this.#next;
    if (kind === 'attribute-name' || (kind === 'name' && !isKeyword(text))) {
      return this.#advance().text;
    }
    throw this.#syntaxError();
  }

  list<T>(element: () => T): T[] {
    const elements = [element()];
    while (this.#isSymbol(',')) {
      this.#advance();
      elements.push(element());
    }
    return elements;
  }

  get #next(): Token {
    return this.#tokens[this.#at]!;
  }

  #peek(ahead: number): Token {
    return this.#tokens[Math.min(this.#at + ahead, this.#tokens.length - 1)]!;
  }

  #advance(): Token {
    const token = this.#next;
    if (token.kind !== 'end') this.#at += 1;
    return token;
  }

  #isSymbol(text: string): boolean {
    return this.#next.kind === 'symbol' && this.#next.text === text;
  }

  #take(symbol: string): void {
    if (!this.#isSymbol(symbol)) throw this.#syntaxError();
    this.#advance();
  }

  #takeWord(word: string): boolean {
    if (this.#next.kind !== 'name' || this.#next.text.toUpperCase() !== word) return false;
    this.#advance();
    return true;
  }

  /** Also keeps the descent from running out of stack. */
  #countOperator(): void {
    this.#operators += 1;
    if (this.#operators <= MAX_OPERATORS) return;
    throw new ExpressionProblem(
      `The expression contains too many operators; operator count: ${this.#operators}`,
    );
  }

  /** AWS shows the offending token with its neighbours. */
  #syntaxError(): ExpressionProblem {
    const before = this.#tokens[this.#at - 1] ?? this.#next;
    const near = this.#text.slice(before.start, this.#peek(1).end);
    return new ExpressionProblem(`Syntax error; token: "${this.#next.text}", near: "${near}"`);
  }
}

const KEYWORDS: ReadonlySet<string> = new Set(['AND', 'OR', 'NOT', 'BETWEEN', 'IN']);

function isKeyword(name: string): boolean {
  return KEYWORDS.has(name.toUpperCase());
}
