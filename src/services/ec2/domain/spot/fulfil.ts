import type { RunInstancesRequest } from '@aws-sdk/client-ec2';
import type { Ids } from '../../../../kernel/ids.ts';
import type { Write } from '../../../../storage/engine.ts';
import { set } from '../../../../storage/records.ts';
import type { Ec2Scope } from '../../scope.ts';
import type { Instance } from '../instances/instance.ts';
import type { LaunchPlan } from '../launch/plan.ts';
import type { PutToUse } from '../network/put-to-use.ts';
import { kinds } from '../resource-kinds.ts';
import type { SpotRequestRecord, SpotTerms } from './request.ts';

/** For which Spot requests a launch is: one that is there, or a new one for each instance. */
export interface SpotPlan {
  readonly terms: SpotTerms;
  /** What the new requests show of the launch. */
  readonly specification: SpotRequestRecord['specification'];
  readonly tags: Readonly<Record<string, string>>;
  readonly fulfils?: SpotRequestRecord;
}

/** The request was changed since it was looked at: it is to be looked at again. */
export class RequestChanged extends Error {}

export function newRequestId(ids: Ids): string {
  return `sir-${ids.hex(8)}`;
}

/** What an instance records of its request. */
export function spotAt({ spot }: LaunchPlan, ids: Ids): Pick<Instance, 'spot'> {
  if (!spot) return {};
  const requestId = spot.fulfils?.id ?? newRequestId(ids);
  return { spot: { requestId, isPersistent: spot.terms.type === 'persistent' } };
}

/** Records in the launch's own step that its instances are what the requests asked for. */
export function fulfilRequests(
  plan: LaunchPlan,
  launched: readonly Instance[],
  { caller, spotRequests, tags, clock }: Ec2Scope,
): PutToUse {
  const { spot } = plan;
  if (!spot) return { slots: [], writes: () => [] };
  const { fulfils, terms } = spot;
  if (fulfils) {
    const slot = spotRequests.at(caller, fulfils.id);
    return {
      slots: [slot],
      writes: ([found]) => {
        const now = found as SpotRequestRecord | undefined;
        const isAsItWas = now?.state === fulfils.state && now.instanceId === fulfils.instanceId;
        if (!isAsItWas) throw new RequestChanged();
        return launched.map((each) => set(slot, active(now, each, clock.now())));
      },
    };
  }
  const created = launched.flatMap((instance): Write[] => {
    const id = instance.spot?.requestId ?? '';
    const record = active(
      {
        ...{ account: caller.account, region: caller.region, id, ...terms },
        createdAtMs: clock.now(),
        specification: spot.specification,
        groups: plan.network.groups,
      },
      instance,
      clock.now(),
    );
    return [
      set(spotRequests.at(caller, id), record),
      ...tags.put(caller, kinds.spotInstancesRequest, id, spot.tags),
    ];
  });
  return { slots: [], writes: () => created };
}

function active(
  request: Omit<SpotRequestRecord, 'state' | 'code' | 'atMs'>,
  { id, network }: Instance,
  atMs: number,
): SpotRequestRecord {
  return {
    ...request,
    ...{ state: 'active', code: 'fulfilled', atMs, instanceId: id },
    zone: { name: network.zone, id: network.zoneId },
  };
}

/** What a request shows of a launch by RunInstances. */
export function specificationOf(
  input: RunInstancesRequest,
  imageId: string,
  instanceType: string,
): SpotRequestRecord['specification'] {
  const { AvailabilityZone, GroupName, Tenancy } = input.Placement ?? {};
  return {
    ImageId: imageId,
    InstanceType: instanceType as SpotRequestRecord['specification']['InstanceType'],
    KeyName: input.KeyName,
    SubnetId: input.SubnetId,
    BlockDeviceMappings: input.BlockDeviceMappings,
    NetworkInterfaces: input.NetworkInterfaces,
    UserData: input.UserData,
    EbsOptimized: input.EbsOptimized,
    IamInstanceProfile: input.IamInstanceProfile,
    Monitoring: input.Monitoring,
    ...(input.Placement && { Placement: { AvailabilityZone, GroupName, Tenancy } }),
  };
}
