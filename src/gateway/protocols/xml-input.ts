import { AwsError } from '../../kernel/aws-error.ts';
import type {
  ListShape,
  MapShape,
  Member,
  ServiceModel,
  StructureShape,
} from '../../models/model.ts';
import type { Fields } from './protocol.ts';
import { parseScalar } from './scalar-text.ts';
import { membersOf, setEntry, shapeOf } from './shapes.ts';
import type { XmlElement } from './xml-reader.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#ErrorCodeList */
export function malformedXml(): AwsError {
  return new AwsError(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
  );
}

/** Builds an input out of XML by its model. Unknown elements are left out. */
export class XmlInput {
  readonly #model: ServiceModel;

  constructor(model: ServiceModel) {
    this.#model = model;
  }

  /** The members that stand in the body: those with a place elsewhere in the message are not looked for. */
  structure(shape: StructureShape, element: XmlElement): Fields {
    const fields: Fields = {};
    for (const [key, member] of membersOf(shape)) {
      if (member.location) continue;
      const name = member.name ?? key;
      if (member.attribute) {
        const text = element.attributes[name];
        if (text !== undefined) fields[key] = this.#scalar(member, text);
        continue;
      }
      const found = element.children.filter((child) => child.name === name);
      if (found.length > 0) fields[key] = this.value(member, found);
    }
    return fields;
  }

  /** @param elements all those of the member's name: several only where it is flattened */
  value(member: Member, elements: readonly XmlElement[]): unknown {
    const shape = shapeOf(this.#model, member.shape);
    const first = elements[0]!;
    switch (shape.type) {
      case 'structure':
      case 'union':
        return this.structure(shape, first);
      case 'list':
        return this.#list(shape, member.flattened ? elements : childrenOf(elements));
      case 'map':
        return this.#map(shape, member.flattened ? elements : childrenOf(elements));
      default:
        if (first.children.length > 0) throw malformedXml();
        return this.#scalar(member, first.text);
    }
  }

  #list(shape: ListShape, items: readonly XmlElement[]): unknown[] {
    return items.map((item) => this.value(shape.member, [item]));
  }

  #map(shape: MapShape, entries: readonly XmlElement[]): Fields {
    const fields: Fields = {};
    for (const { children } of entries) {
      const key = children.find(({ name }) => name === (shape.key.name ?? 'key'));
      const value = children.find(({ name }) => name === (shape.value.name ?? 'value'));
      if (!key || !value) throw malformedXml();
      setEntry(fields, key.text, this.value(shape.value, [value]));
    }
    return fields;
  }

  #scalar(member: Member, text: string): unknown {
    const value = parseScalar(shapeOf(this.#model, member.shape), text);
    if (value === undefined) throw malformedXml();
    return value;
  }
}

function childrenOf(elements: readonly XmlElement[]): XmlElement[] {
  return elements.flatMap(({ children }) => children);
}
