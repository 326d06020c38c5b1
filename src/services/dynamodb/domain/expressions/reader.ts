import type { Token } from './lexer.ts';
import { tokenize } from './lexer.ts';
import { ExpressionProblem } from './syntax.ts';
import type { Path } from './syntax.ts';

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
const MAX_EXPRESSION_BYTES = 4096;
const MAX_OPERATORS = 300;
const MAX_PATH_STEPS = 32;
const MAX_LIST_INDEX = 2 ** 31 - 1;

/** An expression's tokens, one after the other, and the rules that every kind of expression shares. */
export class ExpressionReader {
  readonly #text: string;
  readonly tokens: readonly Token[];
  #at = 0;
  #operators = 0;
  #depth = 0;
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
    this.tokens = tokenize(text);
  }

  /** The index of the token that is next. */
  get at(): number {
    return this.#at;
  }

  /** Nothing may follow. */
  finish(): void {
    if (this.next.kind !== 'end') throw this.syntaxError();
    if (this.#redundantParentheses) throw redundantParentheses();
  }

  /** What stands in parentheses; AWS wants no pair of them right inside another. */
  parenthesized<T>(read: () => T): T {
    const opened = this.#at;
    this.take('(');
    // so deep that not every pair can have an operator of its own: spares the stack
    if (++this.#depth > MAX_OPERATORS + 1) throw redundantParentheses();
    const inside = read();
    this.#depth -= 1;
    const closed = this.#at;
    this.take(')');
    const inner = this.#lastGroup;
    if (inner.opened === opened + 1 && inner.closed === closed - 1) {
      this.#redundantParentheses = true;
    }
    this.#lastGroup = { opened, closed };
    return inside;
  }

  path(): Path {
    const path: (string | number)[] = [this.#pathName()];
    for (;;) {
      if (this.isSymbol('.')) {
        this.advance();
        path.push(this.#pathName());
      } else if (this.isSymbol('[')) {
        this.advance();
        if (this.next.kind !== 'number') throw this.syntaxError();
        path.push(Number(this.advance().text));
        this.take(']');
      } else break;
    }
    if (path.length > MAX_PATH_STEPS) {
      throw new ExpressionProblem(
        `The document path has too many nesting levels; nesting levels: ${path.length}`,
      );
    }
    const index = path.find((step) => typeof step === 'number' && step > MAX_LIST_INDEX);
    if (index === undefined) return path;
    throw new ExpressionProblem(`List index is not within the allowable range; index: [${index}]`);
  }

  #pathName(): string {
    const { kind, text } = this.next;
    if (kind === 'attribute-name' || (kind === 'name' && !isKeyword(text))) {
      return this.advance().text;
    }
    throw this.syntaxError();
  }

  /** One or more, with commas between them. */
  list<T>(element: () => T): T[] {
    const elements = [element()];
    while (this.isSymbol(',')) {
      this.advance();
      elements.push(element());
    }
    return elements;
  }

  get next(): Token {
    return this.tokens[this.#at]!;
  }

  peek(ahead: number): Token {
    return this.tokens[Math.min(this.#at + ahead, this.tokens.length - 1)]!;
  }

  advance(): Token {
    const token = this.next;
    if (token.kind !== 'end') this.#at += 1;
    return token;
  }

  isSymbol(text: string): boolean {
    return this.next.kind === 'symbol' && this.next.text === text;
  }

  take(symbol: string): void {
    if (!this.isSymbol(symbol)) throw this.syntaxError();
    this.advance();
  }

  takeWord(word: string): boolean {
    if (this.next.kind !== 'name' || this.next.text.toUpperCase() !== word) return false;
    this.advance();
    return true;
  }

  /** To be called before what the operator holds is read: it keeps the descent off the stack's end. */
  countOperator(): void {
    this.#operators += 1;
    if (this.#operators <= MAX_OPERATORS) return;
    throw new ExpressionProblem(
      `The expression contains too many operators; operator count: ${this.#operators}`,
    );
  }

  /** AWS shows the offending token with its neighbours. */
  syntaxError(): ExpressionProblem {
    const start = this.tokens[this.#at - 1]?.start ?? 0;
    const near = this.#text.slice(start, this.peek(1).end);
    return new ExpressionProblem(`Syntax error; token: "${this.next.text}", near: "${near}"`);
  }
}

function redundantParentheses(): ExpressionProblem {
  return new ExpressionProblem('The expression has redundant parentheses;');
}

/** Words of the grammar, in whatever kind of expression they stand. */
const KEYWORDS: ReadonlySet<string> = new Set([
  ...['AND', 'OR', 'NOT', 'BETWEEN', 'IN'],
  ...['SET', 'REMOVE', 'ADD', 'DELETE'],
]);

function isKeyword(name: string): boolean {
  return KEYWORDS.has(name.toUpperCase());
}
