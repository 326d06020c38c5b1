import type { AnyOperation } from '../../kernel/operation.ts';
import { cancelSpotInstanceRequests } from './operations/cancel-spot-instance-requests.ts';
import { allocateHosts } from './operations/allocate-hosts.ts';
import { cancelCapacityReservation } from './operations/cancel-capacity-reservation.ts';
import { createCapacityReservation } from './operations/create-capacity-reservation.ts';
import { describeCapacityReservations } from './operations/describe-capacity-reservations.ts';
import { getCapacityReservationUsage } from './operations/get-capacity-reservation-usage.ts';
import { modifyCapacityReservation } from './operations/modify-capacity-reservation.ts';
import { modifyInstanceCapacityReservationAttributes } from './operations/modify-instance-capacity-reservation-attributes.ts';
import { describeHosts } from './operations/describe-hosts.ts';
import { modifyHosts } from './operations/modify-hosts.ts';
import { modifyInstancePlacement } from './operations/modify-instance-placement.ts';
import { releaseHosts } from './operations/release-hosts.ts';
import { describeSpotInstanceRequests } from './operations/describe-spot-instance-requests.ts';
import { describeSpotPriceHistory } from './operations/describe-spot-price-history.ts';
import { requestSpotInstances } from './operations/request-spot-instances.ts';
import type { Ec2Scope } from './scope.ts';

/** On which terms capacity is had. */
export const capacityOperations: readonly AnyOperation<Ec2Scope>[] = [
  allocateHosts,
  cancelCapacityReservation,
  cancelSpotInstanceRequests,
  createCapacityReservation,
  describeCapacityReservations,
  describeHosts,
  describeSpotInstanceRequests,
  describeSpotPriceHistory,
  getCapacityReservationUsage,
  modifyCapacityReservation,
  modifyHosts,
  modifyInstanceCapacityReservationAttributes,
  modifyInstancePlacement,
  releaseHosts,
  requestSpotInstances,
];
