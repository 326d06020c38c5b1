import { isMap } from './calls.ts';
import { checkNames } from './check-names.ts';
import { formatError } from './errors.ts';
import { parseJson } from './json.ts';
import { readSections } from './sections.ts';
import type { Template, Value } from './template.ts';

/**
 * Reads a template of JSON or YAML.
 * @throws ValidationError in CloudFormation's words where it is not one; NotImplemented for transforms that are not built
 */
export async function parseTemplate(body: string): Promise<Template> {
  const document = body.trimStart().startsWith('{') ? parseJson(body) : await readYaml(body);
  if (!isMap(document)) throw formatError('unsupported structure.');
  refuseNulls(document, '');
  const template = readSections(document);
  checkNames(template);
  return template;
}

/** The reader is loaded with the first template that needs it: a start would pay for it in vain. */
async function readYaml(body: string): Promise<Value> {
  const { parseYaml } = await import('./yaml.ts');
  return parseYaml(body);
}

/** @param path e.g. `/Resources/Table` */
function refuseNulls(value: Value, path: string): void {
  if (value === null) throw formatError(`[${path}] 'null' values are not allowed in templates`);
  if (typeof value !== 'object') return;
  for (const [key, child] of Object.entries(value)) refuseNulls(child, `${path}/${key}`);
}
