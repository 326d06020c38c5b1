import assert from 'node:assert';
import { admitProperties } from '../../../kernel/admit-properties.ts';
import type { AnyResourceType, Properties } from '../../../kernel/resource-type.ts';
import { type ResourceSchema, resourceSchema } from '../../../models/resource-schema.ts';
import type { ValueMap } from '../template/template.ts';

/** Properties that a resource's schema does not allow, in CloudFormation's words. */
export class InvalidProperties extends Error {
  override readonly name = 'InvalidProperties';
}

/** The schema of a type that is built, and so modelled. */
export function schemaOf(type: string): ResourceSchema {
  const schema = resourceSchema(type);
  assert(schema, `${type} is built, so it has a schema`);
  return schema;
}

/** @throws InvalidProperties, NotImplemented */
export function conformed(logicalId: string, type: AnyResourceType, given: ValueMap): Properties {
  const admitted = admitProperties(type, given);
  if ('properties' in admitted) return admitted.properties;
  throw new InvalidProperties(
    `Properties validation failed for resource ${logicalId} with message:\n${admitted.problems.join('\n')}`,
  );
}
