import { isUnchanging } from '../../kernel/derived.ts';
import type { Member, ServiceModel, StructureShape } from '../../models/model.ts';
import type { Fields } from './protocol.ts';
import { formatScalar } from './scalar-text.ts';
import { attributesOf, membersOf, shapeOf } from './shapes.ts';

/** Writes values as XML, element by element in the model's order. */
export class XmlWriter {
  readonly #model: ServiceModel;
  readonly #milliseconds: 'always' | 'if-any';

  constructor(model: ServiceModel, milliseconds: 'always' | 'if-any' = 'always') {
    this.#model = model;
    this.#milliseconds = milliseconds;
  }

  /** The elements of a structure's members, those that `skip` names left out. */
  members(shape: StructureShape, value: Fields, skip?: (member: Member) => boolean): string {
    let xml = '';
    for (const [key, member] of membersOf(shape)) {
      const inner = value[key];
      if (inner === undefined || inner === null || member.attribute || skip?.(member)) continue;
      xml += this.element(member.name ?? key, member, inner);
    }
    return xml;
  }

  /** One element, or as many as a flattened list or map has entries. */
  element(name: string, member: Member, value: unknown): string {
    const shape = shapeOf(this.#model, member.shape);
    switch (shape.type) {
      case 'structure':
      case 'union': {
        const fields = value as Fields;
        const known = written.get(fields);
        if (known?.name === name && known.shape === shape) return known.xml;
        const attributes = namespaceOf(member.xmlNamespace) + this.#attributes(shape, fields);
        const xml = `<${name}${attributes}>${this.members(shape, fields)}</${name}>`;
        if (isUnchanging(fields)) written.set(fields, { name, shape, xml: inOnePiece(xml) });
        return xml;
      }
      case 'list': {
        const itemName = member.flattened ? name : (shape.member.name ?? 'member');
        let items = '';
        for (const item of value as Iterable<unknown>) {
          items += this.element(itemName, shape.member, item);
        }
        return member.flattened ? items : wrap(name, namespaceOf(member.xmlNamespace), items);
      }
      case 'map': {
        const entryName = member.flattened ? name : 'entry';
        let entries = '';
        for (const [key, item] of Object.entries(value as Fields)) {
          if (item === undefined) continue;
          const pair =
            this.element(shape.key.name ?? 'key', shape.key, key) +
            this.element(shape.value.name ?? 'value', shape.value, item);
          entries += `<${entryName}>${pair}</${entryName}>`;
        }
        return member.flattened ? entries : wrap(name, namespaceOf(member.xmlNamespace), entries);
      }
      default: {
        const text = formatScalar(shape, value, 'date-time', this.#milliseconds);
        return `<${name}>${escapeXml(text)}</${name}>`;
      }
    }
  }

  #attributes(shape: StructureShape, value: Fields): string {
    let attributes = '';
    for (const [key, member] of attributesOf(shape)) {
      if (value[key] === undefined) continue;
      const text = formatScalar(shapeOf(this.#model, member.shape), value[key], 'date-time');
      attributes += ` ${member.name ?? key}="${escapeXml(text)}"`;
    }
    return attributes;
  }
}

/** The elements of structures that do not change any more; long lists consist of them. */
const written = new WeakMap<
  Fields,
  { readonly name: string; readonly shape: StructureShape; readonly xml: string }
>();

/**
 * Engines keep what was put together as a tree of its parts until somebody reads it: a long list of
 * those is then read part by part each time.
 */
function inOnePiece(text: string): string {
  return Buffer.from(text).toString();
}

export const xmlDeclaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** An ` xmlns="…"` attribute, or nothing. */
export function namespaceOf(namespace: Member['xmlNamespace']): string {
  if (!namespace) return '';
  const name = namespace.prefix ? `xmlns:${namespace.prefix}` : 'xmlns';
  return ` ${name}="${escapeXml(namespace.uri)}"`;
}

// Control characters are not XML at all; AWS writes them as references nevertheless.
// oxlint-disable-next-line no-control-regex
const special = /[&<>"\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g;

const names: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Text as an element or an attribute may hold it. */
export function escapeXml(text: string): string {
  return text.replace(special, (c) => names[c] ?? `&#x${c.charCodeAt(0).toString(16)};`);
}

function wrap(name: string, attributes: string, content: string): string {
  return content === '' ? `<${name}${attributes}/>` : `<${name}${attributes}>${content}</${name}>`;
}
