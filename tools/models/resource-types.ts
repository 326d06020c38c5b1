import specification from '@aws-cdk/aws-service-spec';
import type { Property, PropertyType, Resource, SpecDatabase } from '@aws-cdk/service-spec-types';
import type {
  PropertySchema,
  ResourceSchema,
  ValueType,
} from '../../src/models/resource-schema.ts';

/** The namespaces of the modelled services. */
export const namespaces = [
  ...['ApiGatewayV2', 'AutoScaling', 'CloudFormation', 'CloudWatch', 'DynamoDB', 'EC2', 'ECR'],
  ...['ElasticLoadBalancingV2', 'Events', 'IAM', 'KMS', 'Lambda', 'Logs', 'Route53', 'S3', 'SNS'],
  ...['SQS', 'SSM', 'SecretsManager'],
] as const;

export interface ResourceTypes {
  /** Of every namespace that AWS has: `DynamoDB` holds `Table`. */
  readonly names: Readonly<Record<string, readonly string[]>>;
  /** Of the modelled namespaces, by full name. */
  readonly schemas: Readonly<Record<string, Readonly<Record<string, ResourceSchema>>>>;
}

/** Everything that AWS's resource specification knows and Alacarte needs. */
export async function readResourceTypes(): Promise<ResourceTypes> {
  const database = await specification.loadAwsServiceSpec();
  const resources = database
    .all('resource')
    .toSorted((one, other) => (one.cloudFormationType < other.cloudFormationType ? -1 : 1));
  const names: Record<string, string[]> = {};
  for (const { cloudFormationType } of resources) {
    const [, namespace, type] = cloudFormationType.split('::');
    (names[namespace!] ??= []).push(type!);
  }
  const schemas = namespaces.map((namespace) => {
    const own = resources.filter((each) =>
      each.cloudFormationType.startsWith(`AWS::${namespace}::`),
    );
    const entries = own.map((each) => [each.cloudFormationType, schemaOf(database, each)]);
    return [namespace, Object.fromEntries(entries)];
  });
  return { names, schemas: Object.fromEntries(schemas) };
}

function schemaOf(database: SpecDatabase, resource: Resource): ResourceSchema {
  const structures = new Structures(database);
  const { primaryIdentifier = [], cfnRefIdentifier: ref, tagInformation } = resource;
  const properties = structures.properties(resource.properties);
  const attributes = sorted(resource.attributes, ({ type }) => structures.type(type));
  return {
    properties,
    attributes,
    definitions: structures.definitions(),
    primaryIdentifier,
    ...(ref && { ref }),
    ...(tagInformation && {
      tags: { property: tagInformation.tagPropertyName, variant: tagInformation.variant },
    }),
  };
}

/** Gathers the structures that a resource's types name, and those that these name. */
class Structures {
  readonly #database: SpecDatabase;
  readonly #found = new Map<string, Readonly<Record<string, PropertySchema>>>();

  constructor(database: SpecDatabase) {
    this.#database = database;
  }

  definitions(): ResourceSchema['definitions'] {
    return sorted(Object.fromEntries(this.#found), (structure) => structure);
  }

  properties(properties: Readonly<Record<string, Property>>): Record<string, PropertySchema> {
    return sorted(properties, ({ type, required, causesReplacement }) => ({
      type: this.type(type),
      ...(required && { required: true as const }),
      ...(causesReplacement && causesReplacement !== 'no' && { replaces: causesReplacement }),
    }));
  }

  type(type: PropertyType): ValueType {
    switch (type.type) {
      case 'ref':
        return { type: 'object', name: this.#structure(type) };
      case 'array':
      case 'map':
        return { type: type.type, of: this.type(type.element) };
      case 'union':
        return { type: 'union', of: type.types.map((each) => this.type(each)) };
      case 'string':
      case 'integer':
        return {
          type: type.type,
          ...(type.allowedValues && { values: type.allowedValues }),
        } as ValueType;
      default:
        return { type: type.type };
    }
  }

  #structure({ reference }: Extract<PropertyType, { type: 'ref' }>): string {
    const { name, properties } = this.#database.get('typeDefinition', reference);
    if (!this.#found.has(name)) {
      this.#found.set(name, {}); // a structure may hold itself
      this.#found.set(name, this.properties(properties));
    }
    return name;
  }
}

function sorted<In, Out>(
  record: Readonly<Record<string, In>>,
  change: (value: In) => Out,
): Record<string, Out> {
  const entries = Object.entries(record).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([name, value]) => [name, change(value)]));
}
