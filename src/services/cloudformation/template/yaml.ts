import { isAlias, isMap, isNode, isScalar, isSeq, parseDocument, LineCounter } from 'yaml';
import type { Node, Scalar, YAMLMap } from 'yaml';
import { formatError, templateError } from './errors.ts';
import { deepest } from './limits.ts';
import { plainScalar } from './scalars.ts';
import { offsetTooDeep } from './yaml-depth.ts';
import { shortForm } from './yaml-tags.ts';
import type { Value, ValueMap } from './template.ts';

/** Reads YAML with CloudFormation's short forms (`!Ref`) written out. */
export function parseYaml(text: string): Value {
  const lines = new LineCounter();
  const tooDeep = offsetTooDeep(text, deepest, lines);
  if (tooDeep !== undefined) throw notWellFormed(lines, tooDeep);
  // The failsafe schema leaves every scalar as it is written: plainScalar says what it means.
  const document = parseDocument(text, {
    schema: 'failsafe',
    // Looked at in #map: the composer compares each key with all others.
    uniqueKeys: false,
    logLevel: 'error',
  });
  const [error] = document.errors;
  if (error !== undefined) throw notWellFormed(lines, error.pos[0]);
  return new Writer(lines).value(document.contents, 0);
}

class Writer {
  readonly #lines: LineCounter;

  constructor(lines: LineCounter) {
    this.#lines = lines;
  }

  value(node: unknown, depth: number): Value {
    if (node === null || node === undefined) return null;
    if (isAlias(node)) {
      // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-formats.html
      throw templateError('YAML aliases are not allowed in CloudFormation templates');
    }
    if (!isMap(node) && !isSeq(node) && !isScalar(node)) throw notWellFormed(this.#lines, 0);
    if (depth > deepest) throw this.#refused(node);
    const content = this.#content(node, depth);
    if (node.tag?.startsWith('!') !== true) return content;
    return shortForm(node.tag, content) ?? this.#refuse(node);
  }

  #content(node: Node, depth: number): Value {
    if (isMap(node)) return this.#map(node, depth);
    if (isSeq(node)) return node.items.map((item) => this.value(item, depth + 1));
    return isScalar(node) ? scalar(node) : this.#refuse(node);
  }

  #map(node: YAMLMap, depth: number): ValueMap {
    const entries = new Map<string, Value>();
    for (const { key, value } of node.items) {
      if (!isScalar(key) || typeof key.value !== 'string' || entries.has(key.value)) {
        throw this.#refused(isNode(key) ? key : node);
      }
      entries.set(key.value, this.value(value, depth + 1));
    }
    return Object.fromEntries(entries);
  }

  #refuse(node: Node): never {
    throw this.#refused(node);
  }

  #refused(node: Node) {
    return notWellFormed(this.#lines, node.range?.[0] ?? 0);
  }
}

function scalar(node: Scalar): Value {
  const source = typeof node.value === 'string' ? node.value : '';
  // A short form's argument is text: `!Ref 0123`, `!GetAZs ""`.
  if (node.type !== 'PLAIN' || node.tag !== undefined) return source;
  return plainScalar(source);
}

function notWellFormed(lines: LineCounter, offset: number) {
  const { line, col } = lines.linePos(offset);
  return formatError(
    `YAML not well-formed. (line ${Math.max(line, 1)}, column ${Math.max(col, 1)})`,
  );
}
