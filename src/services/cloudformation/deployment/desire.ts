import { stackFacts } from '../domain/facts.ts';
import { lookups } from '../domain/lookups.ts';
import { conformed } from '../domain/schemas.ts';
import type { Revision } from '../domain/stack.ts';
import type { Desired } from '../domain/stack-resource.ts';
import { type Dependencies, dependencies } from '../template/dependencies.ts';
import { createEnvironment, type Environment } from '../template/environment.ts';
import { evaluate } from '../template/evaluate.ts';
import { parseTemplate } from '../template/parse.ts';
import type { Resource, Template, ValueMap } from '../template/template.ts';
import type { Run } from './run.ts';

/** A revision of a stack, read and ready to be evaluated. */
export interface Target {
  readonly revision: Revision;
  readonly template: Template;
  readonly environment: Environment;
  /** The resources whose conditions hold. */
  readonly graph: Dependencies;
  /** The names of other stacks' exports that evaluation has come upon. */
  readonly imports: ReadonlySet<string>;
}

/** What the stack is to become. */
export async function target(run: Run): Promise<Target> {
  const { stack, stacks, platform, operation } = run;
  const revision = stack.revision!;
  const template = await parseTemplate(await stacks.template(stack, revision.templateId));
  const imports = new Set<string>();
  const look = lookups({
    ...{ platform, stacks, caller: operation.caller },
    resource: (logicalId) => run.resources.get(logicalId),
    context: (resource) => run.context(resource, operation.id, {}),
  });
  const environment = await createEnvironment(template, {
    parameters: new Map(revision.parameters),
    stack: stackFacts(stack),
    lookups: {
      ...look,
      importValue(name) {
        imports.add(name);
        return look.importValue(name);
      },
    },
  });
  const graph = dependencies(template, environment.conditions);
  return { revision, template, environment, graph, imports };
}

/**
 * What a resource is to be, its functions evaluated and its properties conformed to its schema.
 * @throws AwsError, InvalidProperties; NotKnownYet where it names a resource that is not made yet
 */
export async function desire(
  run: Run,
  { template, environment, graph, revision }: Target,
  logicalId: string,
): Promise<Desired> {
  const definition: Resource = template.resources.get(logicalId)!;
  const properties = ((await evaluate(definition.properties, environment)) ?? {}) as ValueMap;
  return {
    properties: conformed(logicalId, run.type(definition.type), properties),
    tags: revision.tags,
    dependsOn: [...(graph.get(logicalId) ?? [])],
    deletionPolicy: definition.deletionPolicy ?? 'Delete',
    updateReplacePolicy: definition.updateReplacePolicy ?? 'Delete',
  };
}
