import type { Ec2Scope } from '../../scope.ts';
import { snapshotNotCompleted } from '../../snapshot-errors.ts';
import { begun } from './new-snapshot.ts';
import { VOLUME_OF_COPIES, type Snapshot } from './snapshot.ts';
import { checkRestored } from './tier.ts';

/**
 * A copy of a snapshot that the caller may use in another region or the same, as it is recorded first.
 *
 * @throws InvalidSnapshot.NotFound, IncorrectState
 */
export async function copyOf(
  id: string,
  region: string,
  scope: Ec2Scope,
  { description, encrypted }: { readonly description: string; readonly encrypted: boolean },
): Promise<Snapshot> {
  const { caller, clock, settings, snapshots } = scope;
  const source = await snapshots.find(id, { account: caller.account, region });
  if (source.state !== 'completed') throw snapshotNotCompleted(id, source.state);
  checkRestored(source, clock.now());
  const { ebsEncryptionByDefault = false } = await settings.get(caller);
  return {
    ...begun(description, scope),
    ...{ volumeId: VOLUME_OF_COPIES, gib: source.gib },
    encrypted: encrypted || ebsEncryptionByDefault || source.encrypted,
    source: { kind: 'snapshot', id },
    ...(source.system && { system: source.system }),
  };
}
