import type { Properties } from '../../../kernel/resource-type.ts';
import * as errors from '../errors.ts';

/**
 * Properties from the JSON in which clients send them.
 * @param name of the member they are in, e.g. `DesiredState`
 */
export function parseProperties(name: string, text: string): Properties {
  const value = parseJson(name, text);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Properties;
  }
  throw errors.invalidRequest(`${name} is not a JSON object.`);
}

export function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw errors.invalidRequest(`${name} is not valid JSON.`);
  }
}
