import { formatError } from './errors.ts';
import { Members } from './members.ts';
import { deletionPolicies } from './template.ts';
import type { DeletionPolicy, Resource, Value } from './template.ts';

const known = [
  'Condition',
  'CreationPolicy',
  'DeletionPolicy',
  'DependsOn',
  'Metadata',
  'Properties',
  'Type',
  'UpdatePolicy',
  'UpdateReplacePolicy',
];

export function readResource(value: Value, path: string): Resource {
  const resource = new Members(value, path, 'Resources');
  resource.only(known, (member) => formatError(`Invalid template resource property '${member}'`));
  const type = resource.required('Type');
  if (typeof type !== 'string')
    throw formatError(`[${path}/Type] Every Type member must be a string.`);
  const updateReplacePolicy = readPolicy(resource, 'UpdateReplacePolicy');
  if (updateReplacePolicy === 'RetainExceptOnCreate') {
    throw unknownPolicy('UpdateReplacePolicy', updateReplacePolicy);
  }
  return {
    type,
    properties: resource.map('Properties') ?? {},
    dependsOn: readDependsOn(resource),
    condition: resource.text('Condition'),
    deletionPolicy: readPolicy(resource, 'DeletionPolicy'),
    updateReplacePolicy,
    metadata: resource.map('Metadata'),
    creationPolicy: resource.map('CreationPolicy'),
    updatePolicy: resource.map('UpdatePolicy'),
  };
}

/** One name, or a list of them. */
function readDependsOn(resource: Members): readonly string[] {
  const value = resource.value('DependsOn');
  return typeof value === 'string' ? [value] : (resource.texts('DependsOn') ?? []);
}

function readPolicy(resource: Members, name: string): DeletionPolicy | undefined {
  const text = resource.text(name);
  if (text === undefined) return undefined;
  const policy = deletionPolicies.find((each) => each === text);
  if (policy === undefined) throw unknownPolicy(name, text);
  return policy;
}

function unknownPolicy(name: string, policy: string) {
  return formatError(`Unrecognized ${name} ${policy} for the resource.`);
}
