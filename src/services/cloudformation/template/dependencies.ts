import { formatError, validationError } from './errors.ts';
import { references } from './references.ts';
import type { Template, Value } from './template.ts';

/** Which resources each resource must wait for, by logical ID. Resources whose condition is false are not in it. */
export type Dependencies = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Follows DependsOn and what properties mention; of an `Fn::If`, the branch that is taken.
 * @throws ValidationError where resources wait for one another, or mention one whose condition is false
 */
export function dependencies(
  template: Template,
  conditions: ReadonlyMap<string, boolean>,
): Dependencies {
  const holds = ({ condition }: { readonly condition: string | undefined }) =>
    condition === undefined || conditions.get(condition) === true;
  const made = new Map([...template.resources].filter(([, resource]) => holds(resource)));
  const outputs = [...template.outputs.values()].filter(holds).map(({ value }) => value);

  const mentionedBy = (value: Value, block: string): readonly string[] => {
    const names = [...references(value, conditions)]
      .filter(({ kind, name }) => kind !== 'condition' && template.resources.has(name))
      .map(({ name }) => name);
    const left = names.filter((name) => !made.has(name));
    if (left.length === 0) return names;
    throw formatError(
      `Unresolved resource dependencies [${[...new Set(left)].join(', ')}] in the ${block} block of the template`,
    );
  };

  mentionedBy(outputs, 'Outputs');
  const graph = new Map(
    [...made].map(([name, { properties, dependsOn }]) => [
      name,
      // DependsOn of a resource that its condition leaves out is ignored.
      new Set([
        ...mentionedBy(properties, 'Resources'),
        ...dependsOn.filter((other) => made.has(other)),
      ]),
    ]),
  );
  refuseCircles(graph);
  return graph;
}

/** Takes away, as long as there is any, what waits for nothing that is left. */
function refuseCircles(graph: Dependencies): void {
  const left = new Map(graph);
  const ready = () => [...left].filter(([, needs]) => [...needs].every((name) => !left.has(name)));
  for (let found = ready(); found.length > 0; found = ready()) {
    for (const [name] of found) left.delete(name);
  }
  if (left.size === 0) return;
  throw validationError(`Circular dependency between resources: [${[...left.keys()].join(', ')}]`);
}
