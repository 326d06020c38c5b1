import * as errors from '../../errors.ts';
import type { Ec2Scope } from '../../scope.ts';
import { arnOf } from '../../../../kernel/arn.ts';
import type { Permission } from '../../../../kernel/operation.ts';
import type { Place } from '../place.ts';
import { checkIds, kinds } from '../resource-kinds.ts';
import type { Instance } from './instance.ts';

/**
 * The instances that a request names, in its order, each once.
 *
 * @throws MissingParameter, InvalidInstanceID.Malformed, InvalidInstanceID.NotFound
 */
export async function namedInstances(
  ids: readonly string[] | undefined,
  { caller, instances }: Ec2Scope,
): Promise<Instance[]> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) throw errors.missingParameter('InstanceId');
  checkIds(kinds.instance, wanted);
  const found = await Promise.all(wanted.map((id) => instances.get({ ...caller, id })));
  const missing = wanted.filter((_, at) => found[at] === undefined);
  if (missing.length > 0) throw kinds.instance.notFound(missing);
  return found.filter((instance) => instance !== undefined);
}

/** @throws MissingParameter, InvalidInstanceID.Malformed, InvalidInstanceID.NotFound */
export async function namedInstance(id: string | undefined, scope: Ec2Scope): Promise<Instance> {
  const [instance] = await namedInstances(id === undefined ? [] : [id], scope);
  return instance!;
}

/** Leave to do `action` with each of these instances. */
export function onInstances(
  action: string,
  ids: readonly (string | undefined)[] | undefined,
  place: Place,
): Permission[] {
  return (ids ?? []).map((id) => ({
    action: `ec2:${action}`,
    resource: arnOf(place, 'ec2', `instance/${id ?? '*'}`),
  }));
}
