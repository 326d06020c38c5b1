import { isList, isMap } from './calls.ts';
import { notBuilt, validationError } from './errors.ts';
import type { Lookups } from './environment.ts';
import type { Value } from './template.ts';

/**
 * Every `{{resolve:ssm:name:version}}` and `{{resolve:ssm-secure:name:version}}` in texts of a value.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html
 */
export async function resolveDynamicReferences(value: Value, lookups: Lookups): Promise<Value> {
  if (typeof value === 'string') return resolveText(value, lookups);
  if (isList(value)) {
    return Promise.all(value.map((item) => resolveDynamicReferences(item, lookups)));
  }
  if (!isMap(value)) return value;
  const entries = Object.entries(value).map(
    async ([key, item]) => [key, await resolveDynamicReferences(item, lookups)] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

async function resolveText(text: string, lookups: Lookups): Promise<string> {
  let resolved = '';
  let end = 0;
  for (const match of text.matchAll(/\{\{resolve:([^{}]*)\}\}/g)) {
    resolved += text.slice(end, match.index) + (await resolveOne(match[1] ?? '', lookups));
    end = match.index + match[0].length;
  }
  return resolved + text.slice(end);
}

async function resolveOne(reference: string, lookups: Lookups): Promise<string> {
  const [service = '', ...rest] = reference.split(':');
  if (service !== 'ssm' && service !== 'ssm-secure') {
    throw notBuilt(`dynamic references to ${service}`);
  }
  const last = rest.at(-1) ?? '';
  const version = rest.length > 1 && /^\d+$/.test(last) ? Number(rest.pop()) : undefined;
  const name = rest.join(':');
  const options = { secure: service === 'ssm-secure', ...(version !== undefined && { version }) };
  const value = await lookups.ssmParameter(name, options);
  if (value !== undefined) return value;
  throw validationError(`Parameters: [${reference}] cannot be found.`);
}
