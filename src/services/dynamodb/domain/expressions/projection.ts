import type { AttributeValue, Item } from '../attribute-value.ts';
import { attributeOf } from '../attribute-value.ts';
import { refuseReservedSteps } from './bind-condition.ts';
import type { Bindings } from './bindings.ts';
import { ExpressionProblem } from './syntax.ts';
import type { Path } from './syntax.ts';

/** Replaces placeholders and refuses paths that overlap. */
export function bindProjection(paths: readonly Path[], bindings: Bindings): readonly Path[] {
  paths.forEach(refuseReservedSteps);
  const bound = paths.map((path) => bindings.path(path));
  refuseClashes(bound);
  return bound;
}

/** No two paths of an expression may be about the same place. */
export function refuseClashes(paths: readonly Path[]): void {
  for (const [at, path] of paths.entries()) {
    for (const earlier of paths.slice(0, at)) refuseClash(earlier, path);
  }
}

/** Neither may lead to the other, nor may both take one place to be a list and a map. */
function refuseClash(one: Path, two: Path): void {
  const fork = one.findIndex((step, at) => step !== two[at]);
  const problem =
    fork === -1 || fork === two.length
      ? 'overlap'
      : typeof one[fork] === typeof two[fork]
        ? undefined
        : 'conflict';
  if (!problem) return;
  throw new ExpressionProblem(
    `Two document paths ${problem} with each other; must remove or rewrite one of these paths; path one: ${show(one)}, path two: ${show(two)}`,
  );
}

/** What the paths select, in the item's own structure; chosen list elements move together. */
export function project(item: Item, paths: readonly Path[]): Item {
  const tree = treeOf(paths);
  return pickMembers(item, tree);
}

/** What is wanted below each step; `undefined` is everything. */
type Tree = Map<string | number, Tree | undefined>;

function treeOf(paths: readonly Path[]): Tree {
  const tree: Tree = new Map();
  for (const path of paths) {
    let level = tree;
    for (const step of path.slice(0, -1)) {
      let below = level.get(step);
      if (!below) level.set(step, (below = new Map()));
      level = below;
    }
    level.set(path.at(-1)!, undefined);
  }
  return tree;
}

function pickMembers(members: Item, tree: Tree): Item {
  const picked: [string, AttributeValue][] = [];
  for (const [step, below] of tree) {
    const value = typeof step === 'string' ? attributeOf(members, step) : undefined;
    const part = value && pick(value, below);
    if (part) picked.push([step as string, part]);
  }
  return Object.fromEntries(picked);
}

function pick(value: AttributeValue, tree: Tree | undefined): AttributeValue | undefined {
  if (!tree) return value;
  if ('M' in value) {
    const members = pickMembers(value.M, tree);
    return Object.keys(members).length > 0 ? { M: members } : undefined;
  }
  if (!('L' in value)) return undefined;
  const elements = value.L.flatMap((element, at) => {
    if (!tree.has(at)) return [];
    const part = pick(element, tree.get(at));
    return part ? [part] : [];
  });
  return elements.length > 0 ? { L: elements } : undefined;
}

function show(path: Path): string {
  return `[${path.map((step) => (typeof step === 'number' ? `[${step}]` : step)).join(', ')}]`;
}
