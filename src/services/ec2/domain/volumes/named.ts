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
