import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AwsError } from '../../src/kernel/aws-error.ts';
import { admitItem } from '../../src/services/dynamodb/domain/admit-item.ts';
import { applyUpdate } from '../../src/services/dynamodb/domain/expressions/apply-update.ts';
import { readExpressions } from '../../src/services/dynamodb/domain/expressions/request-expressions.ts';
import { Placeholders, at, canonical, canonicalItem, item, paths } from './values.ts';
import { scalar, set, typeOf, value } from './values.ts';
import type { Path, Wire, WireItem } from './values.ts';

/** What the model says to an update that AWS refuses. */
class Refused extends Error {}

/** What SET puts, as text and as a function of the item before: the model. */
interface Operand {
  text(placeholders: Placeholders): string;
  of(before: WireItem): Wire;
}

function found(before: WireItem, steps: Path): Wire {
  const wire = at(before, steps);
  if (!wire) throw new Refused();
  return wire;
}

const literal = (values: fc.Arbitrary<Wire>) =>
  values.map((wire): Operand => ({ text: (given) => given.value(wire), of: () => wire }));
const reference = paths.map(([steps]): Operand => ({
  text: (given) => given.path(steps!),
  of: (before) => found(before, steps!),
}));
const fallback = fc.tuple(paths, literal(value)).map(([[steps], other]): Operand => ({
  text: (given) => `if_not_exists(${given.path(steps!)}, ${other.text(given)})`,
  of: (before) => at(before, steps!) ?? other.of(before),
}));
const number = literal(scalar.filter((one) => 'N' in one));
const list = literal(fc.array(value, { maxLength: 2 }).map((L) => ({ L })));
const appended = fc
  .tuple(fc.oneof(reference, fallback), list, fc.boolean())
  .map(([one, two, turned]): Operand => {
    const [head, tail] = turned ? [two, one] : [one, two];
    return {
      text: (given) => `list_append(${head.text(given)}, ${tail.text(given)})`,
      of: (before) => {
        const [left, right] = [head.of(before)['L'], tail.of(before)['L']] as [Wire[], Wire[]];
        if (!left || !right) throw new Refused();
        return { L: [...left, ...right] };
      },
    };
  });
const sum = fc
  .tuple(fc.oneof(reference, fallback), fc.constantFrom('+', '-'), number)
  .map(([one, sign, two]): Operand => {
    return {
      text: (given) => `${one.text(given)} ${sign} ${two.text(given)}`,
      of: (before) => {
        const [left, right] = [one.of(before)['N'], two.of(before)['N']];
        if (left === undefined) throw new Refused();
        const more = Number(right) * (sign === '+' ? 1 : -1);
        return { N: String(Number(left) + more) };
      },
    };
  });

type Section = 'SET' | 'REMOVE' | 'ADD' | 'DELETE';
type Action = readonly [Section, Operand];

const action: fc.Arbitrary<Action> = fc.oneof(
  fc
    .oneof({ weight: 3, arbitrary: literal(value) }, reference, fallback, appended, sum)
    .map((operand): Action => ['SET', operand]),
  { weight: 2, arbitrary: literal(value).map((operand): Action => ['REMOVE', operand]) },
  fc.oneof(number, literal(set)).map((operand): Action => ['ADD', operand]),
  literal(set).map((operand): Action => ['DELETE', operand]),
);
const update = fc
  .tuple(paths, fc.array(action, { minLength: 4, maxLength: 4 }))
  .map(([places, actions]) => places.map((place, index) => [place, ...actions[index]!] as const));
type Update = typeof update extends fc.Arbitrary<infer U> ? U : never;

function textOf(actions: Update, placeholders: Placeholders): string {
  const sections = new Map<Section, string[]>();
  for (const [place, section, operand] of actions) {
    const target = placeholders.path(place);
    const written = {
      SET: () => `${target} = ${operand.text(placeholders)}`,
      REMOVE: () => target,
      ADD: () => `${target} ${operand.text(placeholders)}`,
      DELETE: () => `${target} ${operand.text(placeholders)}`,
    };
    sections.set(section, [...(sections.get(section) ?? []), written[section]()]);
  }
  return [...sections].map(([section, all]) => `${section} ${all.join(', ')}`).join(' ');
}

/** The item after an update, in a copy whose lists have gaps until all is done. */
function updated(before: WireItem, actions: Update): WireItem {
  const results = actions.map(([place, section, operand]) =>
    resultOf(section, at(before, place), () => operand.of(before)),
  );
  const after = structuredClone(before);
  for (const [index, [place]] of actions.entries()) {
    const step = place.at(-1)!;
    const holder = holderOf(after, place);
    const result = results[index];
    if (result) holder[step] = result;
    else delete holder[step];
  }
  return withoutGaps({ M: after })['M'] as WireItem;
}

/** The members or elements that a path's last step is among. */
function holderOf(after: WireItem, place: Path): Record<string | number, Wire> {
  if (place.length === 1) return after;
  const wire = at(after, place.slice(0, -1));
  const holder = wire?.[typeof place.at(-1) === 'number' ? 'L' : 'M'];
  if (!holder) throw new Refused();
  return holder as Record<string | number, Wire>;
}

function withoutGaps(wire: Wire): Wire {
  const [[type, content]] = Object.entries(wire) as [[string, unknown]];
  if (type === 'L') return { L: (content as Wire[]).filter(() => true).map(withoutGaps) };
  if (type !== 'M') return wire;
  const entries = Object.entries(content as WireItem);
  return { M: Object.fromEntries(entries.map(([name, one]) => [name, withoutGaps(one)])) };
}

function resultOf(section: Section, standing: Wire | undefined, given: () => Wire) {
  if (section === 'REMOVE') return undefined;
  const wire = given();
  if (section === 'SET') return wire;
  if (!standing) return section === 'ADD' ? wire : undefined;
  const type = typeOf(wire);
  if (type !== typeOf(standing)) throw new Refused();
  if (type === 'N') return { N: String(Number(standing['N']) + Number(wire['N'])) };
  const members = new Map<string, string>();
  const add = (member: string): unknown => members.set(canonical({ [type[0]!]: member }), member);
  (standing[type] as string[]).forEach(add);
  for (const member of wire[type] as string[]) {
    if (section === 'ADD') add(member);
    else members.delete(canonical({ [type[0]!]: member }));
  }
  return members.size > 0 ? { [type]: [...members.values()] } : undefined;
}

const REFUSED = 'refused';

/** What is built makes of it, in canonical form. */
function applied(before: WireItem, UpdateExpression: string, placeholders: Placeholders): string {
  const { item: admitted } = admitItem(structuredClone(before));
  const untouched = structuredClone(admitted);
  const request = { UpdateExpression, ...structuredClone(placeholders.parameters) };
  try {
    const { update: bound } = readExpressions(request, 'UpdateExpression');
    return canonicalItem(applyUpdate(bound!, admitted));
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return REFUSED;
  } finally {
    expect(admitted, UpdateExpression).toEqual(untouched);
  }
}

/** What the model makes of it. */
function modelled(before: WireItem, actions: Update): string {
  try {
    return canonicalItem(updated(before, actions));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return REFUSED;
  }
}

test('updates make what a simple model makes, and refuse what it refuses', () => {
  const seen = { done: 0, refused: 0 };
  fc.assert(
    fc.property(item, update, (before, actions) => {
      const placeholders = new Placeholders();
      const expression = textOf(actions, placeholders);
      const expected = modelled(before, actions);
      seen[expected === REFUSED ? 'refused' : 'done'] += 1;
      expect(applied(before, expression, placeholders), expression).toBe(expected);
    }),
    { numRuns: 2_000 },
  );
  expect(Math.min(seen.done, seen.refused)).toBeGreaterThan(200);
});
