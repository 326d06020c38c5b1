import * as fc from 'fast-check';
import type { Member, ServiceModel, Shape } from '../../src/models/model.ts';

/** Values as JSON has them, and those that only some protocols can write. */
export type Value = unknown;

const anyName = fc.constantFrom(
  ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', '', '#n', ':v', 'pk'],
);

const oddText = fc.oneof(
  anyName,
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('\0', '\uD800', '\u202E', '🍳'.repeat(300), 'x'.repeat(5000), '../../etc/passwd'),
  fc.constantFrom('-1', '0', '1e400', '99999999999999999999', 'NaN', '*', '?', '%', '${x}', '<a/>'),
);

const oddNumber = fc.constantFrom(
  ...[0, -0, 1, -1, 5, 1.5, 1000, 65_536, 2 ** 31, -(2 ** 31), 2 ** 53, 1e308, 1e-320],
);

const { odd } = fc.letrec<{ odd: Value }>((tie) => ({
  odd: fc.oneof(
    { maxDepth: 4 },
    oddText,
    oddNumber,
    fc.constantFrom(null, true, false),
    fc.array(tie('odd'), { maxLength: 3 }),
    fc.dictionary(fc.oneof(anyName, oddText), tie('odd'), { maxKeys: 3 }),
  ),
}));

/**
 * What an operation could be sent: mostly its own members with values of their types, `known` among
 * them so that they name what exists, and here and there anything at all.
 *
 * @param known texts by a part of the names of the members that they are good for
 */
export function almostInput(
  model: ServiceModel,
  operation: string,
  known: Readonly<Record<string, readonly string[]>>,
): fc.Arbitrary<Value> {
  const input = model.operations[operation]?.input;
  if (input === undefined) return odd;
  const arbitraries = new Map<string, fc.Arbitrary<Value>>();
  const anyKnown = Object.values(known).flat();

  function of(name: string, hint: string, depth: number): fc.Arbitrary<Value> {
    const id = `${name} ${hint} ${depth}`;
    let made = arbitraries.get(id);
    if (!made) {
      const arbitrary = right(model.shapes[name]!, hint, depth);
      made = fc.oneof({ arbitrary, weight: 15 }, odd);
      arbitraries.set(id, made);
    }
    return made;
  }

  function member({ shape }: Member, hint: string, depth: number): fc.Arbitrary<Value> {
    return depth > 6 ? fc.constant({}) : of(shape, hint, depth + 1);
  }

  function right(shape: Shape, hint: string, depth: number): fc.Arbitrary<Value> {
    switch (shape.type) {
      case 'structure':
        return structure(shape, depth);
      case 'union':
        return fc
          .constantFrom(...Object.entries(shape.members))
          .chain(([name, only]) => fc.record({ [name]: member(only, name, depth) }));
      case 'list':
        return fc.array(member(shape.member, hint, depth), { maxLength: 3 });
      case 'map':
        return fc.dictionary(string([], hint), member(shape.value, hint, depth), { maxKeys: 3 });
      case 'string':
        return string(shape.enum, hint);
      case 'boolean':
        return fc.boolean();
      case 'blob':
        return fc.base64String({ maxLength: 24 });
      case 'timestamp':
        return fc.oneof(fc.constantFrom('2026-11-23T12:00:00Z', 1_800_000_000), oddNumber);
      case 'document':
        return odd;
      default:
        return fc.oneof(fc.integer({ min: 0, max: 10 }), oddNumber);
    }
  }

  /** A few of the members, or else large structures would always be wrong somewhere. */
  function structure(
    { members, required = [] }: Extract<Shape, { members: unknown }>,
    depth: number,
  ): fc.Arbitrary<Value> {
    const all = Object.keys(members).filter((name) => name !== 'DryRun');
    if (all.length === 0) return fc.constant({});
    return fc.subarray(all, { maxLength: Math.min(all.length, 4) }).chain((some) => {
      const names = [...new Set([...required, ...some])];
      return fc.record(
        Object.fromEntries(names.map((name) => [name, member(members[name]!, name, depth)])),
      );
    });
  }

  function string(values: readonly string[] = [], hint: string): fc.Arbitrary<string> {
    const fitting = Object.keys(known).find((part) => hint.includes(part));
    const usual = values.length > 0 ? values : fitting === undefined ? anyKnown : known[fitting]!;
    return fc.oneof({ arbitrary: fc.constantFrom(...usual), weight: 8 }, oddText);
  }

  return of(input, '', 0);
}
