import type { NormalizedSchema } from '@smithy/core/schema';
import type { Member } from '../../src/models/model.ts';
import type { Traits } from './client-schemas.ts';

/** The traits that the place of use carries, whatever the protocol. */
export function memberTraits(schema: NormalizedSchema): Omit<Member, 'shape'> {
  const traits = schema.getMemberTraits() as Traits;
  const merged = schema.getMergedTraits() as Traits;
  const name = traits.jsonName ?? traits.xmlName;
  return {
    ...(name !== undefined && { name: name as string }),
    ...(traits.ec2QueryName !== undefined && { queryName: traits.ec2QueryName as string }),
    ...(traits.xmlFlattened !== undefined && { flattened: true }),
    ...(traits.xmlAttribute !== undefined && { attribute: true }),
    ...(traits.xmlNamespace !== undefined && { xmlNamespace: namespaceOf(traits.xmlNamespace) }),
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

/**
 * Where in an HTTP message the member stands; the body if nowhere else. Only the REST protocols
 * heed this, and DynamoDB, which speaks none, has such a trait too.
 */
export function locationOf(schema: NormalizedSchema): Pick<Member, 'location' | 'name'> {
  const traits = schema.getMemberTraits() as Traits;
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
