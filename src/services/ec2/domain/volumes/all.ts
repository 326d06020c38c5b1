import type { Volume as WireVolume } from '@aws-sdk/client-ec2';
import type { Ec2Scope } from '../../scope.ts';
import { rootVolumes } from '../instances/parts.ts';
import { wireVolume } from './volume.ts';

/** Every volume that the caller has in the region, root volumes and others, as the wire shows them. */
export async function allVolumes({
  caller,
  instances,
  volumes,
}: Ec2Scope): Promise<(WireVolume & { readonly VolumeId: string })[]> {
  const roots = (await instances.list(caller)).flatMap(rootVolumes);
  const others = await volumes.list(caller);
  return [...roots, ...others.map(wireVolume)];
}
