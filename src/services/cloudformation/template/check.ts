import { notBuilt } from './errors.ts';
import type { Template } from './template.ts';

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
export function checkTypes(_template: Template, _types: KnownTypes): void {
  throw notBuilt('resource types');
}
