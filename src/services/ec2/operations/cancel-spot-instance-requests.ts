import type { CancelledSpotInstanceRequest } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { onResource } from '../domain/permission.ts';
import { checkIds, kinds } from '../domain/resource-kinds.ts';
import { standing, type SpotRequestRecord } from '../domain/spot/request.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Instances that run go on running; a stopped one, which nothing could start again, is terminated. */
export const cancelSpotInstanceRequests = operation(model.CancelSpotInstanceRequests, {
  authorize: (input, { caller }: Ec2Scope) =>
    (input.SpotInstanceRequestIds ?? []).map((id) =>
      onResource('CancelSpotInstanceRequests', kinds.spotInstancesRequest, id, caller),
    ),
  async handle(input, scope) {
    const { caller, spotRequests } = scope;
    const asked = [...new Set(input.SpotInstanceRequestIds)];
    if (asked.length === 0) throw errors.missingParameter('SpotInstanceRequestId');
    checkIds(kinds.spotInstancesRequest, asked);
    const found = await Promise.all(asked.map((id) => spotRequests.get(caller, id)));
    const missing = asked.filter((_, at) => found[at] === undefined);
    if (missing.length > 0) throw kinds.spotInstancesRequest.notFound(missing);
    const cancelled: CancelledSpotInstanceRequest[] = [];
    for (const id of asked) cancelled.push(await cancel(id, scope));
    return { CancelledSpotInstanceRequests: cancelled };
  },
});

async function cancel(id: string, scope: Ec2Scope): Promise<CancelledSpotInstanceRequest> {
  const { caller, spotRequests, instances, clock, invoke } = scope;
  for (;;) {
    const looked = await spotRequests.find(caller, id);
    const { instanceId } = looked;
    const instance = instanceId ? await instances.get({ ...caller, id: instanceId }) : undefined;
    const { state } = standing(looked, instance, clock.now());
    if (state === 'closed' || state === 'cancelled' || state === 'failed') {
      return { SpotInstanceRequestId: id, State: shownState(state) };
    }
    const after = await spotRequests.update(caller, id, (now) =>
      // It was fulfilled meanwhile: another look tells what became of it.
      now.instanceId === instanceId ? withdrawn(now, state, clock.now()) : now,
    );
    if (after.state !== 'cancelled') continue;
    if (state === 'disabled') {
      await invoke(caller, model.TerminateInstances, { InstanceIds: [instance!.id] });
    }
    return { SpotInstanceRequestId: id, State: 'cancelled' };
  }
}

function withdrawn(
  { instanceId, ...kept }: SpotRequestRecord,
  state: 'open' | 'active' | 'disabled',
  atMs: number,
): SpotRequestRecord {
  const cancelled = { ...kept, state: 'cancelled', atMs } as const;
  // The instance that an open one once had is not its own any more.
  if (state === 'open') return { ...cancelled, code: 'canceled-before-fulfillment' };
  return {
    ...{ ...cancelled, code: 'request-canceled-and-instance-running' },
    ...(instanceId !== undefined && { instanceId }),
  };
}

/** This answer has no word for `failed`. */
function shownState(state: 'closed' | 'cancelled' | 'failed'): 'closed' | 'cancelled' {
  return state === 'cancelled' ? 'cancelled' : 'closed';
}
