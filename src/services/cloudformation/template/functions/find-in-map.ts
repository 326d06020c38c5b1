import { isList, isMap, isScalar } from '../calls.ts';
import { templateError } from '../errors.ts';
import type { TemplateFunction } from './function.ts';

/**
 * With an optional fourth argument, `{ DefaultValue: … }`.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-findinmap-enhancements.html
 */
export const findInMap: TemplateFunction = async (argument, { environment, evaluate }) => {
  const [fallback, ...more] = isList(argument) ? argument.slice(3) : [];
  const keys: string[] = [];
  for (const key of isList(argument) ? argument.slice(0, 3) : []) {
    const value = await evaluate(key);
    if (isScalar(value)) keys.push(String(value));
  }
  const [map, first, second] = keys;
  if (map === undefined || first === undefined || second === undefined || more.length > 0) {
    throw templateError(
      'every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for return value',
    );
  }
  const found = environment.mappings.get(map)?.get(first)?.get(second);
  if (found !== undefined) return found;
  if (isMap(fallback) && fallback['DefaultValue'] !== undefined) {
    return evaluate(fallback['DefaultValue']);
  }
  if (environment.mappings.has(map)) {
    throw templateError(`Unable to get mapping for ${map}::${first}::${second}`);
  }
  throw templateError(
    `Mapping named '${map}' is not present in the 'Mappings' section of template.`,
  );
};
