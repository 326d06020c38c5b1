import { isList, isMap, isScalar } from './calls.ts';
import { formatError } from './errors.ts';
import type { Value, ValueMap } from './template.ts';

/** Reads members of a map of the template, and words what is wrong with one. */
export class Members {
  readonly #map: ValueMap;
  readonly #path: string;
  readonly #kind: string;

  /**
   * @param path e.g. `/Resources/Table`
   * @param kind what has such members, e.g. `Resources`
   */
  constructor(value: Value, path: string, kind: string) {
    if (!isMap(value)) throw formatError(`[${path}] Every ${kind} member must be an object.`);
    this.#map = value;
    this.#path = path;
    this.#kind = kind;
  }

  /** @param refuse makes the error of a member that is not known */
  only(known: readonly string[], refuse: (name: string) => Error): void {
    const unknown = Object.keys(this.#map).find((name) => !known.includes(name));
    if (unknown !== undefined) throw refuse(unknown);
  }

  value(name: string): Value | undefined {
    return Object.hasOwn(this.#map, name) ? this.#map[name] : undefined;
  }

  map(name: string): ValueMap | undefined {
    const value = this.value(name);
    if (value === undefined || isMap(value)) return value;
    throw this.#mustBe(name, 'an object');
  }

  /** Numbers and booleans are taken as they are written. */
  text(name: string): string | undefined {
    const value = this.value(name);
    if (value === undefined) return undefined;
    if (isScalar(value)) return String(value);
    throw this.#mustBe(name, 'a string');
  }

  number(name: string): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    if (text.trim() !== '' && Number.isFinite(Number(text))) return Number(text);
    throw this.#mustBe(name, 'a number');
  }

  flag(name: string): boolean {
    return this.text(name)?.toLowerCase() === 'true';
  }

  texts(name: string): readonly string[] | undefined {
    const value = this.value(name);
    if (value === undefined) return undefined;
    if (isList(value) && value.every(isScalar)) return value.map(String);
    throw this.#mustBe(name, 'a list');
  }

  required(name: string): Value {
    const value = this.value(name);
    if (value !== undefined) return value;
    throw formatError(`[${this.#path}] Every ${this.#kind} object must contain a ${name} member.`);
  }

  /** AWS names the member here and not its place: `Every AllowedValues member must be a list.` */
  #mustBe(name: string, what: string) {
    return formatError(`Every ${name} member must be ${what}.`);
  }
}
