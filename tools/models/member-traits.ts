import type { NormalizedSchema } from '@smithy/core/schema';
import type { Member } from '../../src/models/model.ts';
import type { Traits } from './client-schemas.ts';

/** A member of `shape` with the traits that the place of use carries. */
export function memberOf(shape: string, schema: NormalizedSchema): Member {
  const traits = schema.getMemberTraits() as Traits;
  const merged = schema.getMergedTraits() as Traits;
  const name = traits.jsonName ?? traits.xmlName;
  return {
    shape,
    ...(name !== undefined && { name: name as string }),
    ...(traits.ec2QueryName !== undefined && { queryName: traits.ec2QueryName as string }),
    ...(traits.xmlFlattened !== undefined && { flattened: true }),
    ...(traits.xmlAttribute !== undefined && { attribute: true }),
    ...(traits.xmlNamespace !== undefined && { xmlNamespace: namespaceOf(traits.xmlNamespace) }),
    ...locationOf(traits),
    ...(traits.idempotencyToken !== undefined && { idempotencyToken: true }),
    ...(merged.sensitive !== undefined && { sensitive: true }),
    ...(schema.isStreaming() && { streaming: true }),
    ...(traits.eventPayload !== undefined && { eventPayload: true }),
  };
}

function namespaceOf(trait: unknown): Member['xmlNamespace'] {
  if (!Array.isArray(trait)) return { uri: trait as string };
  const [prefix, uri] = trait as [string, string];
  return { uri, prefix };
}

/** Where in an HTTP message the member stands; the body if nowhere else. */
function locationOf(traits: Traits): Pick<Member, 'location' | 'name'> {
  if (traits.hostLabel !== undefined) return { location: 'host' };
  if (traits.httpLabel !== undefined) return { location: 'path' };
  if (traits.httpHeader !== undefined)
    return { location: 'header', name: traits.httpHeader as string };
  if (traits.httpPrefixHeaders !== undefined)
    return { location: 'headers', name: traits.httpPrefixHeaders as string };
  if (traits.httpQuery !== undefined)
    return { location: 'query', name: traits.httpQuery as string };
  if (traits.httpQueryParams !== undefined) return { location: 'queryMap' };
  if (traits.httpPayload !== undefined) return { location: 'payload' };
  if (traits.httpResponseCode !== undefined) return { location: 'status' };
  return {};
}
