import { formatError } from './errors.ts';
import { deepest } from './limits.ts';
import { numberOrSource } from './scalars.ts';
import type { Value, ValueMap } from './template.ts';

/**
 * Reads JSON (RFC 8259) where JSON.parse will not do: it says where a text went wrong, refuses keys
 * that come twice, keeps the source of numbers and stops at a depth.
 */
export function parseJson(text: string): Value {
  const reader = new Reader(text);
  const value = reader.value(0);
  reader.end();
  return value;
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(depth: number): Value {
    if (depth > deepest) this.#fail();
    this.#skipSpace();
    const next = this.#text[this.#at];
    if (next === '{') return this.#map(depth);
    if (next === '[') return this.#list(depth);
    if (next === '"') return this.#string();
    return this.#word();
  }

  end(): void {
    this.#skipSpace();
    if (this.#at < this.#text.length) this.#fail();
  }

  #map(depth: number): ValueMap {
    const entries = new Map<string, Value>();
    this.#members('{', '}', () => {
      const start = this.#at;
      const key = this.#string();
      if (entries.has(key)) this.#fail(start);
      this.#expect(':');
      entries.set(key, this.value(depth + 1));
    });
    return Object.fromEntries(entries);
  }

  #list(depth: number): Value[] {
    const list: Value[] = [];
    this.#members('[', ']', () => list.push(this.value(depth + 1)));
    return list;
  }

  #members(open: string, close: string, member: () => void): void {
    this.#expect(open);
    this.#skipSpace();
    if (this.#take(close)) return;
    do {
      this.#skipSpace();
      member();
      this.#skipSpace();
    } while (this.#take(','));
    this.#expect(close);
  }

  #string(): string {
    const start = this.#at;
    const source = this.#match(/"[^"\\]*(?:\\.[^"\\]*)*"/y);
    try {
      return String(JSON.parse(source));
    } catch {
      return this.#fail(start); // a control character, or an escape that JSON does not know
    }
  }

  #word(): Value {
    const source = this.#match(/true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y);
    if (source === 'true' || source === 'false') return source === 'true';
    return source === 'null' ? null : numberOrSource(source);
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? this.#fail();
    this.#at += found.length;
    return found;
  }

  #skipSpace(): void {
    this.#match(/[ \t\r\n]*/y);
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  #expect(character: string): void {
    this.#skipSpace();
    if (!this.#take(character)) this.#fail();
  }

  #fail(at = this.#at): never {
    const before = this.#text.slice(0, at);
    const line = before.split('\n').length;
    const column = at - before.lastIndexOf('\n');
    throw formatError(`JSON not well-formed. (line ${line}, column ${column})`);
  }
}
