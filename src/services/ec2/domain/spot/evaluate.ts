import type { RunInstancesRequest } from '@aws-sdk/client-ec2';
import { AwsError } from '../../../../kernel/aws-error.ts';
import type { Ec2 } from '../../scope.ts';
import { actingService } from '../acting-service.ts';
import { placeOrder } from '../launch/order.ts';
import { planLaunch } from '../launch/plan.ts';
import { RequestChanged } from './fulfil.ts';
import { isEnough } from './price.ts';
import { standing, type SpotRequestRecord } from './request.ts';
import type { SpotCode } from './status.ts';

/** What is to be done about a request: nothing now, or to look again once there may be room or it is time. */
export type Outcome = 'settled' | 'no capacity' | { readonly notBeforeMs: number };

/**
 * Launches an open request's instance, if its time has come and its price is enough.
 *
 * @throws what RunInstances would answer where the request cannot be fulfilled as it is
 */
export async function fulfilRequest(record: SpotRequestRecord, ec2: Ec2): Promise<Outcome> {
  const { instances, clock } = ec2;
  const mayBeOpen =
    record.state === 'open' || (record.state === 'active' && record.type === 'persistent');
  if (!mayBeOpen) return 'settled';
  const { instanceId } = record;
  const instance =
    instanceId === undefined ? undefined : await instances.get({ ...record, id: instanceId });
  if (standing(record, instance, clock.now()).state !== 'open') return 'settled';
  // A persistent request gets another instance once the one before is gone altogether.
  if (instance && instance.state !== 'terminated') return 'settled';

  const { validFromMs = 0 } = record;
  if (clock.now() < validFromMs) {
    await note(record, 'not-scheduled-yet', ec2);
    return { notBeforeMs: validFromMs };
  }
  const scope = actingService('spot.amazonaws.com', record, ec2);
  const plan = await planLaunch(launchOf(record), {}, scope);
  if (!isEnough(record.price, plan.type)) {
    await note(record, 'price-too-low', ec2);
    return 'settled';
  }
  const spot = { terms: record, specification: record.specification, tags: {}, fulfils: record };
  try {
    await placeOrder({ ...plan, spot }, undefined, scope);
    return 'settled';
  } catch (error) {
    // Whatever changed it is watched, and has it looked at again.
    if (error instanceof RequestChanged) return 'settled';
    if (!(error instanceof AwsError) || error.fault !== 'server') throw error;
    await note(record, 'capacity-not-available', ec2);
    return 'no capacity';
  }
}

/** Says why a request stays open. */
async function note(
  record: SpotRequestRecord,
  code: SpotCode,
  { spotRequests, clock }: Ec2,
): Promise<void> {
  if (record.code === code) return;
  await spotRequests.update(record, record.id, (now) =>
    now.state === record.state ? { ...now, state: 'open', code, atMs: clock.now() } : now,
  );
}

/** What RunInstances would have been asked. */
export function launchOf({
  specification,
}: Pick<SpotRequestRecord, 'specification'>): RunInstancesRequest {
  const { AddressingType: _, ...request } = specification;
  return { ...request, MinCount: 1, MaxCount: 1 };
}
