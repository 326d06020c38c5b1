import type { CapacityReservation } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isVisible } from '../domain/capacity-reservations/reservation.ts';
import { showReservations } from '../domain/capacity-reservations/show.ts';
import type { Filters } from '../domain/filters.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import type { Ec2Scope } from '../scope.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeCapacityReservations.html */
const filters: Filters<CapacityReservation> = {
  'availability-zone': (it) => it.AvailabilityZone,
  'availability-zone-id': (it) => it.AvailabilityZoneId,
  'end-date': (it) => it.EndDate,
  'end-date-type': (it) => it.EndDateType,
  'instance-match-criteria': (it) => it.InstanceMatchCriteria,
  'instance-platform': (it) => it.InstancePlatform,
  'instance-type': (it) => it.InstanceType,
  'outpost-arn': (it) => it.OutpostArn,
  'owner-id': (it) => it.OwnerId,
  'placement-group-arn': (it) => it.PlacementGroupArn,
  'start-date': (it) => it.StartDate,
  state: (it) => it.State,
  tenancy: (it) => it.Tenancy,
};

export const describeCapacityReservations = operation(model.DescribeCapacityReservations, {
  recorded: true,
  async handle(input, scope: Ec2Scope) {
    const { caller, capacityReservations, clock } = scope;
    const recorded = await capacityReservations.list(caller);
    const all = await showReservations(
      recorded.filter((each) => isVisible(each, clock.now())),
      scope,
    );
    const { found, NextToken } = select(all, input, {
      id: (reservation) => reservation.CapacityReservationId,
      ids: { kind: kinds.capacityReservation, given: input.CapacityReservationIds },
      filters,
      page: { min: 1, max: 1000 },
    });
    return { CapacityReservations: found, NextToken };
  },
});
