import { loadResourceTypes, resourceTypeNames } from './load.ts';

/** What AWS's resource specification says of a resource type. Generated; see tools/models/README.md. */
export interface ResourceSchema {
  /** By name: what a template may set. */
  readonly properties: Readonly<Record<string, PropertySchema>>;
  /** By name: what the service adds, for `Fn::GetAtt`. `Endpoint.Address` is one name. */
  readonly attributes: Readonly<Record<string, ValueType>>;
  /** The properties of each structure that the types name. */
  readonly definitions: Readonly<Record<string, Readonly<Record<string, PropertySchema>>>>;
  /** Properties or attributes that together name a resource. */
  readonly primaryIdentifier: readonly string[];
  /** What `Ref` gives, where it is not the primary identifier. */
  readonly ref?: readonly string[];
  /** The property that holds tags, and in which form. */
  readonly tags?: { readonly property: string; readonly variant: 'standard' | 'asg' | 'map' };
}

export interface PropertySchema {
  readonly type: ValueType;
  readonly required?: true;
  /** Whether a change makes a new resource; no if left out. */
  readonly replaces?: 'yes' | 'maybe';
}

export type ValueType =
  | { readonly type: 'string'; readonly values?: readonly string[] }
  | { readonly type: 'integer'; readonly values?: readonly number[] }
  | { readonly type: 'number' | 'boolean' | 'json' | 'tag' | 'date-time' | 'null' }
  | { readonly type: 'array' | 'map'; readonly of: ValueType }
  | { readonly type: 'union'; readonly of: readonly ValueType[] }
  /** `name` is one of the schema's definitions. */
  | { readonly type: 'object'; readonly name: string };

/**
 * The schema of a resource type, read on first use.
 * @param name e.g. `AWS::DynamoDB::Table`
 * @returns undefined for a type of a service that is not modelled, or of none
 */
export function resourceSchema(name: string): ResourceSchema | undefined {
  const namespace = name.split('::')[1];
  const types = namespace === undefined ? undefined : loadResourceTypes(namespace);
  return types && Object.hasOwn(types, name) ? types[name] : undefined;
}

/** Whether AWS has a resource type of that name, built here or not. */
export function isAwsResourceType(name: string): boolean {
  const [vendor, namespace = '', type = ''] = name.split('::', 3);
  const names = resourceTypeNames();
  return (
    vendor === 'AWS' &&
    Object.hasOwn(names, namespace) &&
    names[namespace]!.includes(type) &&
    name === `AWS::${namespace}::${type}`
  );
}

/**
 * What `Ref` gives of a resource: its identifier, or of several parts those that the schema names.
 * @param identifier the parts of its primary identifier with `|` between them
 */
export function refOf(type: string, identifier: string): string {
  const { ref, primaryIdentifier = [] } = resourceSchema(type) ?? {};
  if (!ref) return identifier;
  const parts = identifier.split('|');
  const named = ref.map((name) => parts[primaryIdentifier.indexOf(name)]);
  return named.every((part) => part !== undefined) ? named.join('|') : identifier;
}
