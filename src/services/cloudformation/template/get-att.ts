import { isList, isScalar } from './calls.ts';
import { templateError } from './errors.ts';
import type { Value } from './template.ts';

/**
 * The two arguments of `Fn::GetAtt`: a list, or `Name.Attribute` in YAML. Only the attribute may be a
 * function, and of those only `Ref`.
 */
export function readGetAtt(argument: Value): readonly [logicalId: string, attribute: Value] {
  const given = typeof argument === 'string' ? splitAtDot(argument) : argument;
  if (isList(given)) {
    const [logicalId, ...rest] = given;
    // Written as a list, `Endpoint.Address` may be two elements.
    const attribute = rest.length > 1 && rest.every(isScalar) ? rest.join('.') : rest[0];
    const complete = attribute !== undefined && attribute !== '' && attribute !== null;
    if (typeof logicalId === 'string' && logicalId !== '' && complete) {
      return [logicalId, attribute];
    }
  }
  throw templateError(
    'every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource attribute',
  );
}

export function splitAtDot(text: string): readonly [string, string] {
  const dot = text.indexOf('.');
  return dot === -1 ? [text, ''] : [text.slice(0, dot), text.slice(dot + 1)];
}
