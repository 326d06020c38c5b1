import type { InstanceMonitoring } from '@aws-sdk/client-ec2';
import type { Ec2Scope } from '../../scope.ts';
import { withSettings } from './modify.ts';
import { transition } from './transition.ts';

/** Records whether instances are watched in detail. Throws AWS's errors for wrong IDs. */
export async function monitoring(
  ids: readonly string[] | undefined,
  enabled: boolean,
  scope: Ec2Scope,
): Promise<InstanceMonitoring[]> {
  const changed = await transition(ids, scope, (instance) =>
    withSettings(instance, { monitoring: enabled }),
  );
  return changed.map(({ after }) => ({
    InstanceId: after.id,
    Monitoring: { State: enabled ? 'enabled' : 'disabled' },
  }));
}
