import { type Failure, usageError } from '../failure.ts';

/** What shorthand can spell: text, lists and objects of them. The model gives types to the text. */
export type Spelled = string | Spelled[] | { [key: string]: Spelled };

/** An unquoted value: up to a comma, a quote or a closing bracket. `\,` is a comma. */
const firstWord = /(?:\\,|[^\s"',=[{])(?:\\,|[^"',\]}])*/uy;
/** Further values of `a,b,c`: an equals sign tells that a new key has begun. */
const nextWord = /(?:\\,|[^\s"',=[{])(?:\\,|[^"',=])*/uy;
const singleQuoted = /'(?:\\'|[^'])*'/uy;
const doubleQuoted = /"(?:\\"|[^"])*"/uy;
const keyCharacters = /[A-Za-z0-9\-_.#/:]*/uy;
const space = /\s*/uy;

/**
 * Parses the AWS CLI's shorthand: `Key=a,Value=b`, `Name=x,Values=a,b`, `K={A=1,B=[2,3]}`,
 * `Key@=file://…`.
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-usage-shorthand.html
 *
 * @param readFile gives the content of a `file://` that stands behind `@=`
 * @throws Failure that points at the place
 */
export function parseShorthand(text: string, readFile: (reference: string) => string): Spelled {
  return new ShorthandParser(text, readFile).object();
}

class ShorthandParser {
  readonly #text: string;
  readonly #readFile: (reference: string) => string;
  #at = 0;
  #isReference = false;

  constructor(text: string, readFile: (reference: string) => string) {
    this.#text = text;
    this.#readFile = readFile;
  }

  object(): Spelled {
    const object: { [key: string]: Spelled } = {};
    let pairStart = 0;
    do {
      if (pairStart > 0) this.#expect(',');
      const key = this.#key();
      if (Object.hasOwn(object, key)) throw this.#duplicate(key, pairStart + 1);
      object[key] = this.#topValue();
      pairStart = this.#at;
    } while (this.#at < this.#text.length);
    return object;
  }

  /** A key with its `=`, or `@=` where the values may be files. */
  #key(): string {
    const key = this.#match(keyCharacters)!;
    this.#match(space);
    this.#isReference = this.#current() === '@';
    if (this.#isReference) this.#expect('@');
    this.#expect('=');
    return key;
  }

  #topValue(): Spelled {
    if (this.#current() === undefined) return '';
    return this.#bracketed() ?? this.#commaSeparated();
  }

  #innerValue(): Spelled {
    return this.#bracketed() ?? this.#word(firstWord);
  }

  #bracketed(): Spelled | undefined {
    if (this.#current() === '[') return this.#list();
    return this.#current() === '{' ? this.#hash() : undefined;
  }

  /** `a`, or `a,b,c`, as long as what follows a comma is not the next key. */
  #commaSeparated(): Spelled {
    const words = [this.#word(firstWord)];
    for (this.#match(space); this.#current() === ','; this.#match(space)) {
      const comma = this.#at;
      this.#expect(',');
      const word = this.#tryWord(nextWord);
      this.#match(space);
      const next = this.#current();
      const isKey = word === undefined || (next !== undefined && next !== ',');
      if (isKey && next === undefined) throw this.#unexpected('<second>');
      if (isKey) {
        this.#at = comma;
        break;
      }
      words.push(word);
    }
    return words.length === 1 ? words[0]! : words;
  }

  #list(): Spelled[] {
    const items: Spelled[] = [];
    this.#expect('[');
    while (this.#current() !== ']') {
      items.push(this.#innerValue());
      this.#separator(']');
    }
    this.#at++;
    return items;
  }

  #hash(): Spelled {
    const object: { [key: string]: Spelled } = {};
    this.#expect('{');
    while (this.#current() !== '}') {
      const key = this.#key();
      object[key] = this.#innerValue();
      this.#separator('}');
    }
    this.#at++;
    return object;
  }

  #separator(end: string): void {
    this.#match(space);
    if (this.#current() !== end) this.#expect(',');
  }

  #word(unquoted: RegExp): string {
    return this.#tryWord(unquoted) ?? '';
  }

  /** A value, quoted or not; undefined where there is none. */
  #tryWord(unquoted: RegExp): string | undefined {
    const quote = this.#current();
    let word: string | undefined;
    if (quote === "'" || quote === '"') {
      const quoted = this.#match(quote === "'" ? singleQuoted : doubleQuoted);
      if (quoted === undefined) throw this.#unexpected(`closing ${quote}`);
      word = quoted.slice(1, -1).replaceAll(`\\${quote}`, quote).replaceAll('\\\\', '\\');
    } else {
      word = this.#match(unquoted)?.replaceAll('\\,', ',').trimEnd();
    }
    return word !== undefined && this.#isReference ? this.#readFile(word) : word;
  }

  #current(): string | undefined {
    return this.#text[this.#at];
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    this.#at += found?.length ?? 0;
    return found;
  }

  #expect(character: string): void {
    this.#match(space);
    if (this.#current() !== character) throw this.#unexpected(character);
    this.#at++;
    this.#match(space);
  }

  #unexpected(expected: string): Failure {
    const received = this.#current() ?? 'EOF';
    return usageError(
      `Expected: '${expected}', received: '${received}' for input:\n${this.#marked(this.#at)}`,
    );
  }

  #duplicate(key: string, at: number): Failure {
    return usageError(
      `Second instance of key "${key}" encountered for input:\n${this.#marked(at)}\n` +
        'This is often because there is a preceding "," instead of a space.',
    );
  }

  /** The text with a caret under the place. */
  #marked(at: number): string {
    const lineStart = this.#text.lastIndexOf('\n', at - 1) + 1;
    const newline = this.#text.indexOf('\n', at);
    const lineEnd = newline < 0 ? this.#text.length : newline;
    const caret = `${' '.repeat(at - lineStart)}^`;
    return `${this.#text.slice(0, lineEnd)}\n${caret}${this.#text.slice(lineEnd)}`;
  }
}
