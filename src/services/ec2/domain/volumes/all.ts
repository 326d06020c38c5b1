import type { Volume as WireVolume } from '@aws-sdk/client-ec2';
import { Derived } from '../../../../kernel/derived.ts';
import type { Ec2Scope } from '../../scope.ts';
import { wireVolume, type Volume } from './volume.ts';

type Shown = WireVolume & { readonly VolumeId: string };

const shown = new Derived<Volume, Shown>();

/** Every volume that the caller has in the region, as the wire shows them. */
export async function allVolumes({ caller, volumes }: Ec2Scope): Promise<Shown[]> {
  const all = await volumes.list(caller);
  return all.map((volume) => shown.of(volume, [], () => wireVolume(volume)));
}
