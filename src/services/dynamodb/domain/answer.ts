import { WireJson } from '../../../kernel/wire-json.ts';

/** JSON that stands already. */
export class Raw {
  readonly json: Uint8Array;

  constructor(json: Uint8Array) {
    this.json = json;
  }

  /** The same of text. */
  static of(text: string): Raw {
    return new Raw(Buffer.from(text));
  }
}

/**
 * An answer's JSON, into which stored items are copied. Lists of `Raw` and maps may hold such
 * items, anything else is plain JSON; members that are undefined are left out.
 */
export function answer(members: Readonly<Record<string, unknown>>): WireJson {
  const writer = new Writer();
  writer.object(Object.entries(members));
  return new WireJson(writer.finish());
}

/** Collects text until bytes have to go between. */
class Writer {
  readonly #chunks: Uint8Array[] = [];
  #text = '';

  object(members: Iterable<readonly [string, unknown]>): void {
    this.#text += '{';
    let first = true;
    for (const [name, value] of members) {
      if (value === undefined) continue;
      this.#text += first ? `${JSON.stringify(name)}:` : `,${JSON.stringify(name)}:`;
      first = false;
      this.#value(value);
    }
    this.#text += '}';
  }

  finish(): Uint8Array {
    this.#flush();
    return this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks);
  }

  #value(value: unknown): void {
    if (value instanceof Raw) this.#copy(value);
    else if (value instanceof Map) this.object(value as Map<string, unknown>);
    else if (Array.isArray(value)) this.#list(value);
    else this.#text += JSON.stringify(value);
  }

  #list(elements: readonly unknown[]): void {
    this.#text += '[';
    for (let at = 0; at < elements.length; at++) {
      if (at > 0) this.#text += ',';
      this.#value(elements[at]);
    }
    this.#text += ']';
  }

  #copy({ json }: Raw): void {
    this.#flush();
    this.#chunks.push(json);
  }

  #flush(): void {
    if (this.#text === '') return;
    this.#chunks.push(this.#text === ',' ? COMMA : Buffer.from(this.#text));
    this.#text = '';
  }
}

const COMMA = Buffer.from(',');
