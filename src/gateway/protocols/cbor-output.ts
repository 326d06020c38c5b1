import { Tagged } from 'cborg';
import type { Member, ServiceModel, StructureShape } from '../../models/model.ts';
import { blobBytes } from './base64.ts';
import type { Fields } from './protocol.ts';
import { membersOf, setEntry, shapeOf } from './shapes.ts';
import { toEpochSeconds } from './timestamps.ts';

const epochTime = 1;

/** A value as a tree that the CBOR encoder writes: its modelled members only, timestamps tagged. */
export function cborTree(model: ServiceModel, shape: StructureShape, value: Fields): Fields {
  const tree: Fields = {};
  for (const [key, member] of membersOf(shape)) {
    const inner = value[key];
    if (inner !== undefined && inner !== null) tree[key] = node(model, member, inner);
  }
  return tree;
}

function node(model: ServiceModel, member: Member, value: unknown): unknown {
  if (value === undefined || value === null) return null;
  const shape = shapeOf(model, member.shape);
  switch (shape.type) {
    case 'structure':
    case 'union':
      return cborTree(model, shape, value as Fields);
    case 'list':
      return Array.from(value as Iterable<unknown>, (item) => node(model, shape.member, item));
    case 'map': {
      const tree: Fields = {};
      for (const [key, item] of Object.entries(value as Fields)) {
        if (item !== undefined) setEntry(tree, key, node(model, shape.value, item));
      }
      return tree;
    }
    case 'timestamp':
      return new Tagged(epochTime, toEpochSeconds(value as Date));
    case 'blob':
      return blobBytes(value);
    default:
      return value;
  }
}
