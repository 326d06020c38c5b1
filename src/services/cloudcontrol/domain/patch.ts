import type { Operation } from 'rfc6902';
import { admitProperties } from '../../../kernel/admit-properties.ts';
import type { AnyResourceType, Properties } from '../../../kernel/resource-type.ts';
import { changes } from '../../../models/changes.ts';
import * as errors from '../errors.ts';
import { parseJson } from './model-text.ts';
import { schemaOf } from './resources.ts';

/** What an update brings a resource from and to. */
export interface Patched {
  readonly previous: Properties;
  readonly desired: Properties;
}

/**
 * Applies a client's JSON Patch (RFC 6902) to a resource as it stands.
 *
 * @throws InvalidRequestException for a patch that does not apply; NotUpdatableException where it
 *   changes what only a new resource could have; ValidationException where the schema refuses the outcome
 */
export async function patch(
  type: AnyResourceType,
  standing: Properties,
  document: string,
): Promise<Patched> {
  const { applyPatch } = await import('rfc6902');
  const schema = schemaOf(type);
  const patched = structuredClone(standing) as Record<string, unknown>;
  for (const [at, failure] of applyPatch(patched, operationsOf(document)).entries()) {
    if (failure) throw errors.invalidRequest(`Invalid patch operation ${at}: ${failure.message}`);
  }
  const isSet = (name: string): boolean =>
    Object.hasOwn(schema.properties, name) || !Object.hasOwn(schema.attributes, name);
  const readOnly = changes(schema, standing, patched).filter(({ property }) => !isSet(property));
  if (readOnly.length > 0)
    throw errors.notUpdatable(
      'readOnly',
      readOnly.map(({ property }) => property),
    );

  const previous = only(standing, isSet);
  const admitted = admitProperties(type, only(patched, isSet));
  if ('problems' in admitted) throw errors.invalidModel(admitted.problems);
  const desired = admitted.properties;
  const createOnly = changes(schema, previous, desired).filter(
    ({ property, replaces }) =>
      replaces === 'yes' || (replaces === 'maybe' && type.replaces?.(property, desired, previous)),
  );
  if (createOnly.length > 0) {
    throw errors.notUpdatable(
      'createOnly',
      createOnly.map(({ property }) => property),
    );
  }
  return { previous, desired };
}

const verbs = ['add', 'remove', 'replace', 'move', 'copy', 'test'];

function operationsOf(document: string): Operation[] {
  const operations = parseJson('PatchDocument', document);
  const sound =
    Array.isArray(operations) &&
    operations.every(
      (each: Partial<Operation> | null) =>
        typeof each === 'object' && verbs.includes(`${each?.op}`) && typeof each?.path === 'string',
    );
  if (!sound)
    throw errors.invalidRequest('Invalid patch: it must be an array of JSON Patch operations');
  return operations as Operation[];
}

function only(properties: Properties, chosen: (name: string) => boolean): Properties {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => chosen(name)));
}
