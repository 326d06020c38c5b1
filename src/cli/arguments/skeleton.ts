import { membersOf, shapeOf, structureOf } from '../../gateway/protocols/shapes.ts';
import type { ServiceModel } from '../../models/model.ts';
import type { Printable } from '../output/printable.ts';

/** An example of a structure with every member in it: what `--generate-cli-skeleton` prints. */
export function skeleton(model: ServiceModel, structure: string | undefined): Printable {
  if (structure === undefined) return {};
  structureOf(model, structure); // what is no structure is a broken model
  return example(model, structure, []);
}

function example(model: ServiceModel, name: string, above: readonly string[]): Printable {
  if (above.includes(name)) return {};
  const inside = [...above, name];
  const shape = shapeOf(model, name);
  switch (shape.type) {
    case 'structure':
    case 'union':
      return Object.fromEntries(
        membersOf(shape).map(([key, member]) => [key, example(model, member.shape, inside)]),
      );
    case 'list':
      return [example(model, shape.member.shape, inside)];
    case 'map':
      return { KeyName: example(model, shape.value.shape, inside) };
    case 'string':
      return shape.enum?.[0] ?? '';
    case 'boolean':
      return true;
    case 'blob':
      return '';
    case 'timestamp':
      return '1970-01-01T00:00:00';
    case 'document':
      return {};
    default:
      return 0;
  }
}
