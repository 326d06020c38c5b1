import type { VpcPeeringConnectionStateReasonCode } from '@aws-sdk/client-ec2';
import * as errors from '../../errors.ts';
import type { Ec2Scope } from '../../scope.ts';
import { checkTransition, isVisible } from './peering.ts';

/**
 * Brings a connection to an end, and forgets those that nobody can see any more.
 *
 * @throws MissingParameter, InvalidVpcPeeringConnectionID.NotFound, InvalidStateTransition
 */
export async function endPeering(
  id: string | undefined,
  from: readonly VpcPeeringConnectionStateReasonCode[],
  code: 'rejected' | 'deleted',
  { caller, clock, networks }: Ec2Scope,
): Promise<void> {
  if (!id) throw errors.missingParameter('vpcPeeringConnectionId');
  const now = clock.now();
  await networks.change(caller, async (draft) => {
    const connection = await draft.find('vpc-peering-connection', id);
    checkTransition(connection, from, code, now);
    draft.put('vpc-peering-connection', { ...connection, code, endedAtMs: now });
    for (const old of await draft.list('vpc-peering-connection')) {
      if (isVisible(old, now)) continue;
      draft.remove('vpc-peering-connection', old.VpcPeeringConnectionId);
    }
  });
}
