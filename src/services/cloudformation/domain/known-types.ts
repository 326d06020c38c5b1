import { refuseUnbuilt as refuseUnbuiltProperties } from '../../../kernel/admit-properties.ts';
import type { Platform } from '../../../kernel/service.ts';
import { isAwsResourceType, resourceSchema } from '../../../models/resource-schema.ts';
import { notBuilt } from '../errors.ts';
import type { KnownTypes } from '../template/check.ts';
import type { Template } from '../template/template.ts';

/** What AWS's resource specification knows, built here or not. */
export const knownTypes: KnownTypes = {
  has: isAwsResourceType,
  hasAttribute(type, attribute) {
    const schema = resourceSchema(type);
    // a type that is not modelled is refused by name afterwards
    if (!schema) return true;
    const [first = ''] = attribute.split('.');
    return (
      Object.hasOwn(schema.attributes, attribute) ||
      Object.hasOwn(schema.attributes, first) ||
      Object.hasOwn(schema.properties, first)
    );
  },
};

/**
 * Refuses, before anything is made, what AWS has and Alacarte has not built.
 * @throws NotImplemented naming it
 */
export function refuseUnbuilt(template: Template, platform: Platform): void {
  for (const [logicalId, resource] of template.resources) {
    const { type: name, creationPolicy, updatePolicy, deletionPolicy } = resource;
    const type = platform.resourceType(name);
    if (!type) throw notBuilt(`the resource type ${name} (${logicalId})`);
    refuseUnbuiltProperties(type, Object.keys(resource.properties));
    if (creationPolicy) throw notBuilt(`the CreationPolicy of ${logicalId}`);
    if (updatePolicy) throw notBuilt(`the UpdatePolicy of ${logicalId}`);
    if ([deletionPolicy, resource.updateReplacePolicy].includes('Snapshot')) {
      throw notBuilt(`the policy Snapshot of ${logicalId}`);
    }
  }
}
