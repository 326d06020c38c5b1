import { createRequire } from 'node:module';
import type * as FastXmlParser from 'fast-xml-parser';
import { maxDepth } from './shapes.ts';

/** An element as parsed; names keep their prefixes only in attributes, as `xsi:type` does. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** The text directly inside, its pieces joined. */
  readonly text: string;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

type Parsed = Readonly<Record<string, unknown>>;

interface Library {
  readonly parse: (text: string) => Parsed[];
  readonly isWellFormed: (text: string) => boolean;
}

let library: Library | undefined;

/** Loaded with the first document: most servers never see one, and loading it is a large part of a start. */
function load(): Library {
  const require = createRequire(import.meta.url);
  const fxp = require('fast-xml-parser') as typeof FastXmlParser;
  const parser = new fxp.XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseTagValue: false,
    parseAttributeValue: false,
    trimValues: false,
    htmlEntities: true,
    maxNestedTags: maxDepth,
  });
  return {
    parse: (text) => parser.parse(text) as Parsed[],
    isWellFormed: (text) => fxp.XMLValidator.validate(text) === true,
  };
}

/**
 * The root element of a document. A document type is refused whole: no AWS request has one, and
 * entities that it declares could grow without bounds.
 *
 * @returns undefined for bytes that are no well-formed XML, or nested too deeply
 */
export function parseXml(bytes: Uint8Array): XmlElement | undefined {
  try {
    const text = utf8.decode(bytes);
    if (/<!DOCTYPE/i.test(text)) return undefined;
    const { parse, isWellFormed } = (library ??= load());
    // The parser mends what the validator refuses; it has to come first, for it bounds the depth.
    const nodes = parse(text);
    if (!isWellFormed(text)) return undefined;
    const roots = nodes.filter((node) => isElement(nameOf(node)));
    return roots.length === 1 ? element(roots[0]!) : undefined;
  } catch {
    return undefined;
  }
}

function element(node: Parsed): XmlElement {
  const name = nameOf(node);
  const children: XmlElement[] = [];
  let text = '';
  for (const inner of node[name] as Parsed[]) {
    const innerName = nameOf(inner);
    if (innerName === '#text') text += String(inner['#text']);
    else if (isElement(innerName)) children.push(element(inner));
  }
  const attributes = (node[':@'] ?? {}) as Readonly<Record<string, string>>;
  return { name: name.slice(name.indexOf(':') + 1), attributes, children, text };
}

function nameOf(node: Parsed): string {
  return Object.keys(node).find((key) => key !== ':@') ?? '#text';
}

function isElement(name: string): boolean {
  return !name.startsWith('#') && !name.startsWith('?');
}
