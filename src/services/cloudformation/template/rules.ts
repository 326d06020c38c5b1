import type { Environment } from './environment.ts';
import { notBuilt } from './errors.ts';
import type { Template } from './template.ts';

/**
 * Asserts a template's Rules about its parameters.
 * @throws ValidationError naming the assertions that failed
 */
export async function checkRules(_template: Template, _environment: Environment): Promise<void> {
  throw notBuilt('rules');
}
