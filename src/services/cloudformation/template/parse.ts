import { notBuilt } from './errors.ts';
import type { Template } from './template.ts';

/**
 * Reads a template of JSON or YAML.
 * @throws ValidationError in CloudFormation's words where it is not one; NotImplemented for transforms that are not built
 */
export function parseTemplate(_body: string): Template {
  throw notBuilt('templates');
}
