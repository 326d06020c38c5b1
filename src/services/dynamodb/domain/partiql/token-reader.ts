import type { Path } from '../expressions/syntax.ts';
import type { Token } from './lexer.ts';
import { tokenize } from './lexer.ts';
import { malformedStatement } from './malformed.ts';
import type { Value } from './syntax.ts';

const MAX_DEPTH = 64;

/** A statement's tokens one after the other, and the rules for names, paths and literals. */
export class TokenReader {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;
  #parameters = 0;

  constructor(text: string) {
    this.#tokens = tokenize(text);
  }

  get next(): Token {
    return this.#tokens[this.#at]!;
  }

  get following(): Token | undefined {
    return this.#tokens[this.#at + 1];
  }

  /** How many `?` have been read. */
  get parameters(): number {
    return this.#parameters;
  }

  advance(): Token {
    const token = this.next;
    if (token.kind !== 'end') this.#at += 1;
    return token;
  }

  isWord(...words: readonly string[]): boolean {
    return this.next.kind === 'name' && words.includes(this.next.text.toUpperCase());
  }

  takesWord(word: string): boolean {
    if (!this.isWord(word)) return false;
    this.advance();
    return true;
  }

  takesSymbol(symbol: string): boolean {
    if (this.next.kind !== 'symbol' || this.next.text !== symbol) return false;
    this.advance();
    return true;
  }

  word(...words: readonly string[]): string {
    if (!this.isWord(...words)) throw this.unexpected();
    return this.advance().text.toUpperCase();
  }

  symbol(symbol: string): void {
    if (!this.takesSymbol(symbol)) throw this.unexpected();
  }

  finish(): void {
    if (this.next.kind !== 'end') throw this.unexpected();
  }

  unexpected(): Error {
    return malformedStatement(`Unexpected token: ${this.next.text}`);
  }

  /** Keeps a descent from running out of stack. */
  nested<T>(rule: () => T): T {
    if (this.#depth >= MAX_DEPTH) throw malformedStatement('The statement is nested too deeply');
    this.#depth += 1;
    const result = rule();
    this.#depth -= 1;
    return result;
  }

  /** One or more, with commas between them. */
  list<T>(element: () => T): T[] {
    const elements = [element()];
    while (this.takesSymbol(',')) elements.push(element());
    return elements;
  }

  /** None or more, up to a closing symbol. */
  listUpTo<T>(closing: string, element: () => T): T[] {
    if (this.takesSymbol(closing)) return [];
    const elements = this.list(element);
    this.symbol(closing);
    return elements;
  }

  name(): string {
    const { kind } = this.next;
    if (kind !== 'name' && kind !== 'quoted') throw this.unexpected();
    return this.advance().text;
  }

  path(): Path {
    const path: (string | number)[] = [this.name()];
    for (;;) {
      if (this.takesSymbol('.')) path.push(this.name());
      else if (this.takesSymbol('[')) {
        path.push(this.#step());
        this.symbol(']');
      } else return path;
    }
  }

  #step(): string | number {
    const { kind, text } = this.advance();
    if (kind === 'string') return text;
    if (kind === 'number' && /^\d+$/.test(text)) return Number(text);
    throw malformedStatement(`Unexpected token: ${text}`);
  }

  /** Whether a literal or a parameter comes, rather than a name. */
  get isValue(): boolean {
    const { kind, text } = this.next;
    if (kind === 'string' || kind === 'number' || kind === 'parameter') return true;
    if (kind === 'name') return this.isWord('TRUE', 'FALSE', 'NULL');
    return kind === 'symbol' && ['<<', '[', '{', '-', '+'].includes(text);
  }

  value(): Value {
    return this.nested(() => this.#value());
  }

  #value(): Value {
    const { kind, text } = this.advance();
    switch (kind) {
      case 'string':
        return { kind: 'scalar', value: { S: text } };
      case 'number':
        return { kind: 'scalar', value: { N: text } };
      case 'parameter':
        return { kind: 'parameter', index: this.#parameters++ };
      case 'name':
        return scalarWord(text);
      case 'symbol':
        return this.#collection(text);
      default:
        throw malformedStatement(`Unexpected token: ${text}`);
    }
  }

  #collection(opening: string): Value {
    switch (opening) {
      case '-':
      case '+': {
        const { kind, text } = this.advance();
        if (kind !== 'number') throw malformedStatement(`Unexpected token: ${text}`);
        return { kind: 'scalar', value: { N: opening === '-' ? `-${text}` : text } };
      }
      case '[':
        return { kind: 'list', elements: this.listUpTo(']', () => this.value()) };
      case '<<':
        return { kind: 'set', elements: this.listUpTo('>>', () => this.value()) };
      case '{':
        return { kind: 'map', members: this.listUpTo('}', () => this.#member()) };
      default:
        throw malformedStatement(`Unexpected token: ${opening}`);
    }
  }

  #member(): readonly [string, Value] {
    const { kind, text } = this.advance();
    if (kind !== 'string' && kind !== 'quoted') {
      throw malformedStatement(`Unexpected token: ${text}`);
    }
    this.symbol(':');
    return [text, this.value()];
  }
}

function scalarWord(text: string): Value {
  switch (text.toUpperCase()) {
    case 'TRUE':
      return { kind: 'scalar', value: { BOOL: true } };
    case 'FALSE':
      return { kind: 'scalar', value: { BOOL: false } };
    case 'NULL':
      return { kind: 'scalar', value: { NULL: true } };
    default:
      throw malformedStatement(`Unexpected token: ${text}`);
  }
}
