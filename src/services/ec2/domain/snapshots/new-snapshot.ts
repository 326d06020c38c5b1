import { AwsError } from '../../../../kernel/aws-error.ts';
import type { Ec2Scope } from '../../scope.ts';
import * as errors from '../../errors.ts';
import type { Instance } from '../instances/instance.ts';
import { kinds } from '../resource-kinds.ts';
import { volumeRef } from '../volumes/named.ts';
import { systemOf, type Snapshot } from './snapshot.ts';

type SnapshotScope = Pick<
  Ec2Scope,
  'caller' | 'clock' | 'ids' | 'compute' | 'instances' | 'volumes'
>;

/**
 * A snapshot of one volume, root volume or other, as it is recorded first.
 *
 * @throws MissingParameter, InvalidVolume.NotFound, IncorrectState, UnsupportedOperation
 */
export async function newSnapshot(
  volumeId: string | undefined,
  description: string,
  scope: Ec2Scope,
): Promise<Snapshot> {
  const ref = volumeRef(volumeId, scope);
  const volume = await scope.volumes.get(ref);
  if (!volume) throw kinds.volume.notFound([ref.id]);
  const { attachment } = volume;
  if (attachment?.isRoot) {
    const instance = await scope.instances.get({ ...ref, id: attachment.instanceId });
    if (instance) return ofRoot(instance, description, scope);
  }
  if (volume.state !== 'available' && volume.state !== 'in-use') {
    throw new AwsError('IncorrectState', `The volume '${ref.id}' is '${volume.state}'.`);
  }
  return {
    ...begun(description, scope),
    ...{ volumeId: ref.id, gib: volume.gib, encrypted: volume.encrypted },
    source: { kind: 'volume', id: ref.id },
    ...(volume.system && { system: volume.system }),
  };
}

/**
 * A snapshot of an instance's root volume.
 *
 * @throws IncorrectState, UnsupportedOperation
 */
export function ofRoot(instance: Instance, description: string, scope: SnapshotScope): Snapshot {
  const driver = scope.compute.of(instance.driver);
  if (!driver.rootCopies) {
    throw errors.unsupported(
      `The compute driver ${driver.name} cannot copy the root volumes of its instances.`,
    );
  }
  const [root] = instance.volumes;
  const isSettled = instance.state !== 'pending' && instance.state !== 'shutting-down';
  if (!root || root.moving || !isSettled) {
    throw new AwsError('IncorrectState', `The instance '${instance.id}' is '${instance.state}'.`);
  }
  return {
    ...begun(description, scope),
    ...{ volumeId: root.id, gib: root.gib, encrypted: root.encrypted },
    source: { kind: 'volume', id: root.id },
    system: systemOf(instance, driver.rootCopies),
  };
}

/** What every new snapshot has. */
export function begun(
  description: string,
  { caller: { account, region }, ids, clock }: Pick<Ec2Scope, 'caller' | 'ids' | 'clock'>,
) {
  return {
    ...{ account, region, id: ids.resource('snap'), description },
    startedAtMs: clock.now(),
    state: 'pending' as const,
  };
}
