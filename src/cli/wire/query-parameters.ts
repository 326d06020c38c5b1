import { ec2ParameterName } from '../../models/ec2-parameter.ts';
import type { Fields } from '../../gateway/protocols/protocol.ts';
import { formatScalar } from '../../gateway/protocols/scalar-text.ts';
import { membersOf, shapeOf } from '../../gateway/protocols/shapes.ts';
import type { Member, ServiceModel, StructureShape } from '../../models/model.ts';

export type QueryFlavour = 'aws-query' | 'ec2-query';

/** Writes an input as the parameters of the query protocols: `Filter.1.Value.2=…`. */
export class QueryParameters {
  readonly pairs: [name: string, value: string][] = [];
  readonly #model: ServiceModel;
  readonly #isEc2: boolean;

  constructor(model: ServiceModel, flavour: QueryFlavour) {
    this.#model = model;
    this.#isEc2 = flavour === 'ec2-query';
  }

  structure(shape: StructureShape, fields: Fields, prefix: string): void {
    for (const [key, member] of membersOf(shape)) {
      const value = fields[key];
      if (value === undefined) continue;
      this.#value(member, value, join(prefix, this.#nameOf(key, member)));
    }
  }

  #nameOf(key: string, member: Member): string {
    if (this.#isEc2) return ec2ParameterName(key, member);
    const shape = shapeOf(this.#model, member.shape);
    if (member.flattened && shape.type === 'list' && shape.member.name !== undefined) {
      return shape.member.name;
    }
    return member.name ?? key;
  }

  #value(member: Member, value: unknown, path: string): void {
    const shape = shapeOf(this.#model, member.shape);
    switch (shape.type) {
      case 'structure':
      case 'union':
        this.structure(shape, value as Fields, path);
        return;
      case 'list': {
        const items = value as readonly unknown[];
        if (items.length === 0 && !this.#isEc2) this.pairs.push([path, '']);
        const flat = this.#isEc2 || member.flattened;
        const holder = flat ? path : join(path, shape.member.name ?? 'member');
        for (const [i, item] of items.entries())
          this.#value(shape.member, item, join(holder, i + 1));
        return;
      }
      case 'map': {
        const holder = member.flattened ? path : join(path, 'entry');
        for (const [i, [key, item]] of Object.entries(value as Fields).entries()) {
          const entry = join(holder, i + 1);
          this.pairs.push([join(entry, shape.key.name ?? 'key'), key]);
          this.#value(shape.value, item, join(entry, shape.value.name ?? 'value'));
        }
        return;
      }
      default:
        this.pairs.push([path, formatScalar(shape, value, 'date-time', 'if-any')]);
    }
  }
}

function join(prefix: string, name: string | number): string {
  return prefix === '' ? String(name) : `${prefix}.${name}`;
}
