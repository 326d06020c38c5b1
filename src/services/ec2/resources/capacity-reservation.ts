import type { CapacityReservation, CapacityReservationInstancePlatform } from '@aws-sdk/client-ec2';
import { resourceType, type ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isRefusal, unless } from './refusals.ts';
import { shownTags, specification } from './tags.ts';

const TYPE = 'capacity-reservation';
const NOT_FOUND = 'InvalidCapacityReservationId.NotFound';
const ENDED = 'InvalidCapacityReservationState';

export const capacityReservation = resourceType('AWS::EC2::CapacityReservation', {
  properties: [
    ...(['AvailabilityZone', 'AvailabilityZoneId', 'EbsOptimized', 'EndDate'] as const),
    ...(['EndDateType', 'EphemeralStorage', 'InstanceCount', 'InstanceMatchCriteria'] as const),
    ...(['InstancePlatform', 'InstanceType', 'TagSpecifications', 'Tenancy'] as const),
  ],

  async create({ TagSpecifications, EndDate, EndDateType, ...desired }, context) {
    const own = TagSpecifications?.flatMap((each) => each.Tags ?? []);
    const { AvailabilityZone, AvailabilityZoneId, InstanceType, InstanceCount } = desired;
    const { EbsOptimized, EphemeralStorage } = desired;
    const made = await context.invoke(model.CreateCapacityReservation, {
      ...{ AvailabilityZone, AvailabilityZoneId, InstanceType, InstanceCount },
      ...{ EbsOptimized, EphemeralStorage, ...endOf({ EndDate, EndDateType }) },
      InstancePlatform: desired.InstancePlatform as CapacityReservationInstancePlatform,
      InstanceMatchCriteria: desired.InstanceMatchCriteria as 'open' | undefined,
      Tenancy: desired.Tenancy as 'default' | undefined,
      ClientToken: context.token,
      TagSpecifications: [specification(TYPE, own, context)],
    });
    return made.CapacityReservation!.CapacityReservationId!;
  },

  async read(id, context) {
    const found = await describe(id, context);
    if (found?.State !== 'active') return undefined;
    const Tags = shownTags(found.Tags);
    return {
      Id: id,
      AvailabilityZone: found.AvailabilityZone!,
      AvailabilityZoneId: found.AvailabilityZoneId!,
      InstanceType: found.InstanceType!,
      InstancePlatform: found.InstancePlatform!,
      InstanceCount: found.TotalInstanceCount!,
      InstanceMatchCriteria: found.InstanceMatchCriteria!,
      EbsOptimized: found.EbsOptimized!,
      EphemeralStorage: found.EphemeralStorage!,
      EndDateType: found.EndDateType!,
      ...(found.EndDate && { EndDate: found.EndDate.toISOString() }),
      Tenancy: found.Tenancy!,
      ...(Tags && { TagSpecifications: [{ ResourceType: TYPE, Tags }] }),
      AvailableInstanceCount: found.AvailableInstanceCount!,
      TotalInstanceCount: found.TotalInstanceCount!,
      CapacityReservationArn: found.CapacityReservationArn!,
      CreateDate: found.CreateDate!.toISOString(),
      StartDate: found.StartDate!.toISOString(),
      OwnerId: found.OwnerId!,
      ReservationType: found.ReservationType!,
      State: found.State,
    };
  },

  async update(id, { InstanceCount, EndDate, EndDateType = 'unlimited' }, _, { invoke }) {
    await invoke(model.ModifyCapacityReservation, {
      ...{ CapacityReservationId: id, InstanceCount },
      ...endOf({ EndDate, EndDateType: EndDate ? 'limited' : EndDateType }),
    });
  },

  async delete(id, context) {
    if ((await describe(id, context))?.State !== 'active') return;
    try {
      await context.invoke(model.CancelCapacityReservation, { CapacityReservationId: id });
    } catch (error) {
      // It ended meanwhile.
      if (!isRefusal(error, ENDED)) throw error;
    }
  },

  async list({ invoke }) {
    const Filters = [{ Name: 'state', Values: ['active'] }];
    const { CapacityReservations = [] } = await invoke(model.DescribeCapacityReservations, {
      Filters,
    });
    return CapacityReservations.map((each) => each.CapacityReservationId!);
  },
});

function endOf({ EndDate, EndDateType }: { EndDate?: string; EndDateType?: string }) {
  return {
    ...(EndDate !== undefined && { EndDate: new Date(EndDate) }),
    EndDateType: EndDateType as 'limited' | undefined,
  };
}

async function describe(
  id: string,
  { invoke }: ResourceContext,
): Promise<CapacityReservation | undefined> {
  const answer = invoke(model.DescribeCapacityReservations, { CapacityReservationIds: [id] });
  return (await unless(NOT_FOUND, answer))?.CapacityReservations?.[0];
}
