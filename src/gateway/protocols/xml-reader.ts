import { XMLParser, XMLValidator } from 'fast-xml-parser';
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

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  htmlEntities: true,
  maxNestedTags: maxDepth,
});

type Parsed = Readonly<Record<string, unknown>>;

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
    // The parser mends what the validator refuses; it has to come first, for it bounds the depth.
    const nodes = parser.parse(text) as Parsed[];
    if (XMLValidator.validate(text) !== true) return undefined;
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
