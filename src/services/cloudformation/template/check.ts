import { formatError, templateError } from './errors.ts';
import { references } from './references.ts';
import type { Template, Value } from './template.ts';

/** What is known of resource types. */
export interface KnownTypes {
  has(type: string): boolean;
  /** Whether `Fn::GetAtt` may name the attribute. */
  hasAttribute(type: string, attribute: string): boolean;
}

/**
 * Checks what needs knowledge of resource types.
 * @throws ValidationError in CloudFormation's words
 */
export function checkTypes(template: Template, types: KnownTypes): void {
  const named = new Set([...template.resources.values()].map(({ type }) => type));
  const unknown = [...named].filter((type) => !types.has(type));
  if (unknown.length > 0) {
    throw formatError(`Unrecognized resource types: [${unknown.join(', ')}]`);
  }
  const values: Value[] = [...template.resources.values()].map(({ properties }) => properties);
  for (const { value } of template.outputs.values()) values.push(value);
  for (const reference of references(values)) {
    if (reference.kind !== 'attribute' || reference.attribute === undefined) continue;
    const { name, attribute } = reference;
    const type = template.resources.get(name)?.type;
    if (type !== undefined && !types.hasAttribute(type, attribute)) {
      throw templateError(
        `resource ${name} does not support attribute type ${attribute} in Fn::GetAtt`,
      );
    }
  }
}
