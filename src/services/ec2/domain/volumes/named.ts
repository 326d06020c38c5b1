import type { Ec2Scope } from '../../scope.ts';
import * as errors from '../../errors.ts';
import { checkIds, kinds } from '../resource-kinds.ts';
import type { VolumeRef } from './volume.ts';

/**
 * The volume that a request names, which may turn out not to be there.
 *
 * @throws MissingParameter, InvalidVolumeID.Malformed
 */
export function volumeRef(id: string | undefined, { caller }: Pick<Ec2Scope, 'caller'>): VolumeRef {
  if (id === undefined) throw errors.missingParameter('volumeId');
  checkIds(kinds.volume, [id]);
  return { account: caller.account, region: caller.region, id };
}

/** Whether it is the root volume of an instance, which is part of that. */
export async function rootVolumeOwner(id: string, { caller, instances }: Ec2Scope) {
  const all = await instances.list(caller);
  return all.find(
    ({ state, volumes }) => state !== 'terminated' && volumes.some((volume) => volume.id === id),
  );
}
