import { callOf, isList, isMap } from './calls.ts';
import { unresolvedCondition } from './conditions.ts';
import { formatError, notBuilt, templateError } from './errors.ts';
import { references } from './references.ts';
import type { Reference } from './references.ts';
import type { Template, Value } from './template.ts';

export const pseudoParameters: readonly string[] = [
  'AWS::AccountId',
  'AWS::NoValue',
  'AWS::NotificationARNs',
  'AWS::Partition',
  'AWS::Region',
  'AWS::StackId',
  'AWS::StackName',
  'AWS::URLSuffix',
];

/** Checks that everything a template mentions is declared in it. */
export function checkNames(template: Template): void {
  checkConditions(template);
  const resources = [...template.resources.values()];
  const missing = resources.flatMap(({ dependsOn }) =>
    dependsOn.filter((name) => !template.resources.has(name)),
  );
  for (const { properties } of resources) checkFunctions(properties, template);
  for (const { value } of template.outputs.values()) checkFunctions(value, template);

  checkBlock(
    template,
    'Resources',
    resources.map(({ properties }) => properties),
    missing,
  );
  const outputs = [...template.outputs.values()];
  checkBlock(
    template,
    'Outputs',
    outputs.map(({ value, exportName }) => [value, exportName ?? '']),
    [],
  );
  for (const { condition } of resources) checkCondition(template, condition, 'Resources');
  for (const { condition } of outputs) checkCondition(template, condition, 'Outputs');
}

/** Conditions are decided before anything is made: they may name parameters, but no resources. */
function checkConditions(template: Template): void {
  const mentioned = [...references([...template.conditions.values()])];
  const unknown = unresolved(mentioned, (name) => isParameter(template, name));
  if (unknown.length === 0) return;
  throw formatError(
    `Unresolved dependencies [${unknown.join(', ')}]. Cannot reference resources in the Conditions block of the template`,
  );
}

function checkBlock(
  template: Template,
  block: string,
  values: readonly Value[],
  missing: readonly string[],
): void {
  const mentioned = [...references(values)];
  const known = (name: string) => isParameter(template, name) || template.resources.has(name);
  const unknown = new Set([...missing, ...unresolved(mentioned, known)]);
  if (unknown.size > 0) {
    throw formatError(
      `Unresolved resource dependencies [${[...unknown].join(', ')}] in the ${block} block of the template`,
    );
  }
  for (const { kind, name } of mentioned) {
    if (kind === 'attribute' && !template.resources.has(name)) {
      throw templateError(`instance of Fn::GetAtt references undefined resource ${name}`);
    }
    if (kind === 'condition' && !template.conditions.has(name)) {
      throw templateError(`unresolved condition dependency ${name} in Fn::If`);
    }
  }
}

function checkCondition(template: Template, name: string | undefined, block: string): void {
  if (name !== undefined && !template.conditions.has(name)) throw unresolvedCondition(name, block);
}

function isParameter(template: Template, name: string): boolean {
  return template.parameters.has(name) || pseudoParameters.includes(name);
}

function unresolved(
  mentioned: readonly Reference[],
  known: (name: string) => boolean,
): readonly string[] {
  const refs = mentioned.filter(({ kind, name }) => kind === 'ref' && !known(name));
  return [...new Set(refs.map(({ name }) => name))];
}

/** Refuses functions that only macros and transforms bring. */
function checkFunctions(value: Value, template: Template): void {
  const call = callOf(value);
  if (call?.name === 'Fn::Transform') throw notBuilt('Fn::Transform');
  if (call?.name.startsWith('Fn::ForEach::')) throw notBuilt('Fn::ForEach');
  if (call?.name === 'Fn::Length' || call?.name === 'Fn::ToJsonString') {
    if (!template.transforms.includes('AWS::LanguageExtensions')) {
      throw templateError(`${call.name} requires the transform AWS::LanguageExtensions`);
    }
  }
  const children = isList(value) ? value : isMap(value) ? Object.values(value) : [];
  for (const child of children) checkFunctions(child, template);
}
