import type { AwsError } from '../../kernel/aws-error.ts';
import type {
  ListShape,
  MapShape,
  Member,
  ServiceModel,
  StructureShape,
} from '../../models/model.ts';
import type { HttpRequest } from '../http/message.ts';
import type { Fields } from './protocol.ts';
import { malformedQueryString, numberedChildren, parseForm, type QueryNode } from './query-tree.ts';
import { parseScalar } from './scalar-text.ts';
import { membersOf, setEntry, shapeOf } from './shapes.ts';

/** How one of the two query protocols names parameters, and what it says of wrong ones. */
export interface QueryDialect {
  /** A member's parameter name. */
  nameOf(key: string, member: Member): string;
  /** `Names.1` in place of `Names.member.1`, whatever the model says. */
  readonly flatLists: boolean;
  wrongValue(parameter: string, text: string, type: string): AwsError;
  wrongStructure(parameter: string): AwsError;
  /** Undefined where unknown parameters are ignored. */
  unknownParameter?(parameter: string): AwsError;
}

/** The parameters of a request, from its query and from its form body, decoded. */
export function parametersOf(request: HttpRequest): [string, string][] {
  let body: string;
  try {
    body = new TextDecoder('utf-8', { fatal: true }).decode(request.body);
  } catch {
    throw malformedQueryString();
  }
  return [...parseForm(request.query), ...parseForm(body.trim())];
}

type Parameters = ReadonlyMap<string, readonly (readonly [string, Member])[]>;

const parametersByShape = new WeakMap<StructureShape, Parameters>();

/** Builds an operation's input out of the tree of its parameters. */
export class QueryInput {
  readonly #model: ServiceModel;
  readonly #dialect: QueryDialect;

  constructor(model: ServiceModel, dialect: QueryDialect) {
    this.#model = model;
    this.#dialect = dialect;
  }

  structure(shape: StructureShape, node: QueryNode, path: string): Fields {
    const fields: Fields = {};
    const children = node.children;
    if (!children) {
      if (node.value) throw this.#dialect.wrongStructure(path);
      return fields;
    }
    const known = this.#parametersOf(shape);
    for (const [name, child] of children) {
      const members = known.get(name);
      if (!members && this.#dialect.unknownParameter) throw this.#dialect.unknownParameter(name);
      for (const [key, member] of members ?? []) {
        fields[key] = this.#value(member, child, path === '' ? name : `${path}.${name}`);
      }
    }
    return fields;
  }

  /** A structure's members by parameter; SQS has two that go by one. Each service has one dialect. */
  #parametersOf(shape: StructureShape): Parameters {
    let parameters = parametersByShape.get(shape);
    if (!parameters) {
      const named = new Map<string, (readonly [string, Member])[]>();
      for (const entry of membersOf(shape)) {
        const name = this.#dialect.nameOf(...entry);
        named.set(name, [...(named.get(name) ?? []), entry]);
      }
      parameters = named;
      parametersByShape.set(shape, parameters);
    }
    return parameters;
  }

  #value(member: Member, node: QueryNode, path: string): unknown {
    const shape = shapeOf(this.#model, member.shape);
    switch (shape.type) {
      case 'structure':
      case 'union':
        return this.structure(shape, node, path);
      case 'list':
        return this.#list(shape, member, node, path);
      case 'map':
        return this.#map(shape, member, node, path);
      default: {
        if (node.children) throw this.#dialect.wrongStructure(path);
        const text = node.value ?? '';
        const value = parseScalar(shape, text);
        if (value === undefined) throw this.#dialect.wrongValue(path, text, shape.type);
        return value;
      }
    }
  }

  #list(shape: ListShape, member: Member, node: QueryNode, path: string): unknown[] {
    let holder = node;
    if (!member.flattened && !this.#dialect.flatLists) {
      const name = shape.member.name ?? 'member';
      holder = node.children?.get(name) ?? node;
    }
    return this.#numbered(holder, path).map((item, i) =>
      this.#value(shape.member, item, `${path}.${i + 1}`),
    );
  }

  #map(shape: MapShape, member: Member, node: QueryNode, path: string): Fields {
    const holder = member.flattened ? node : (node.children?.get('entry') ?? node);
    const fields: Fields = {};
    for (const entry of this.#numbered(holder, path)) {
      const key = entry.children?.get(shape.key.name ?? 'key')?.value;
      const value = entry.children?.get(shape.value.name ?? 'value');
      if (key === undefined || !value) throw this.#dialect.wrongStructure(path);
      setEntry(fields, key, this.#value(shape.value, value, `${path}.${key}`));
    }
    return fields;
  }

  /** `Names=` alone is how clients spell an empty list. */
  #numbered(node: QueryNode, path: string): QueryNode[] {
    const { items, other } = numberedChildren(node);
    if (other[0] !== undefined) {
      throw this.#dialect.unknownParameter?.(other[0]) ?? this.#dialect.wrongStructure(path);
    }
    if (node.value && items.length === 0) throw this.#dialect.wrongStructure(path);
    return items;
  }
}
