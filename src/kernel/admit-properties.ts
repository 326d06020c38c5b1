import { AwsError } from './aws-error.ts';
import { conform } from '../models/conform.ts';
import { resourceSchema } from '../models/resource-schema.ts';
import type { AnyResourceType, Properties } from './resource-type.ts';

/** Properties as a resource type takes them, or why it does not. */
export type Admitted =
  | { readonly properties: Properties }
  /** In the words of AWS's resource handlers, one for each property that is wrong. */
  | { readonly problems: readonly string[] };

/**
 * Brings properties into the form that a resource type is called with.
 * @throws AwsError `NotImplemented` naming a property that AWS has and Alacarte has not built
 */
export function admitProperties(type: AnyResourceType, given: Properties): Admitted {
  refuseUnbuilt(type, Object.keys(given));
  const schema = resourceSchema(type.name);
  if (!schema) throw new Error(`${type.name} has no schema`);
  const { properties, problems } = conform(schema, given);
  return problems.length > 0 ? { problems } : { properties };
}

/**
 * Refuses what AWS would act upon and nothing here does, before anything is made of it.
 * @param names of the properties that are set
 * @throws AwsError `NotImplemented`
 */
export function refuseUnbuilt(type: AnyResourceType, names: readonly string[]): void {
  const known = resourceSchema(type.name)?.properties ?? {};
  const unbuilt = names.find(
    (name) => Object.hasOwn(known, name) && !type.properties.includes(name),
  );
  if (unbuilt === undefined) return;
  throw new AwsError(
    'NotImplemented',
    `Alacarte does not implement the property ${unbuilt} of ${type.name} yet.`,
    { status: 501 },
  );
}
