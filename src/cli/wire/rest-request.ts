import type { Call, Fields } from '../../gateway/protocols/protocol.ts';
import { headersOf } from '../../gateway/protocols/rest-output.ts';
import { formatScalar } from '../../gateway/protocols/scalar-text.ts';
import { membersOf, shapeOf, structureOf } from '../../gateway/protocols/shapes.ts';
import { uriEncode } from '../../identity/signature.ts';
import type { Member, ServiceModel } from '../../models/model.ts';
import { usageError } from '../failure.ts';

/** Where a REST request goes, by the members that have a place in its path, query and headers. */
export function restTarget(
  { model, operation }: Call,
  input: Fields,
): { readonly path: string; readonly query: string; readonly headers: Record<string, string> } {
  const shape = structureOf(model, operation.input);
  const [pattern = '/', literals = ''] = (operation.http?.uri ?? '/').split('?');
  const path = pattern.replace(/\{([^+}]+)(\+?)\}/g, (_, key: string, greedy: string) => {
    const member = shape.members[key]!;
    const text = formatScalar(shapeOf(model, member.shape), input[key], 'date-time', 'if-any');
    if (text === '') throw usageError(`Parameter ${key} is part of the path and cannot be empty.`);
    return greedy ? text.split('/').map(uriEncode).join('/') : uriEncode(text);
  });
  // `x-id` is for logs: the SDKs send it, the AWS CLI does not.
  const pairs = literals.split('&').filter((pair) => pair !== '' && !pair.startsWith('x-id='));
  for (const [key, member] of membersOf(shape)) {
    if (input[key] !== undefined) pairs.push(...queryOf(model, key, member, input[key]));
  }
  return { path, query: pairs.join('&'), headers: headersOf(model, shape, input) };
}

function queryOf(model: ServiceModel, key: string, member: Member, value: unknown): string[] {
  const pair = (name: string, text: string): string => `${uriEncode(name)}=${uriEncode(text)}`;
  if (member.location === 'queryMap') {
    return Object.entries(value as Record<string, string | string[]>).flatMap(([name, texts]) =>
      [texts].flat().map((text) => pair(name, text)),
    );
  }
  if (member.location !== 'query') return [];
  const shape = shapeOf(model, member.shape);
  const name = member.name ?? key;
  if (shape.type !== 'list') return [pair(name, formatScalar(shape, value, 'date-time', 'if-any'))];
  const item = shapeOf(model, shape.member.shape);
  return (value as unknown[]).map((each) =>
    pair(name, formatScalar(item, each, 'date-time', 'if-any')),
  );
}
