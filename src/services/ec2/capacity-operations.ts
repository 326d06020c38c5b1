import type { AnyOperation } from '../../kernel/operation.ts';
import { cancelSpotInstanceRequests } from './operations/cancel-spot-instance-requests.ts';
import { describeSpotInstanceRequests } from './operations/describe-spot-instance-requests.ts';
import { describeSpotPriceHistory } from './operations/describe-spot-price-history.ts';
import { requestSpotInstances } from './operations/request-spot-instances.ts';
import type { Ec2Scope } from './scope.ts';

/** On which terms capacity is had. */
export const capacityOperations: readonly AnyOperation<Ec2Scope>[] = [
  cancelSpotInstanceRequests,
  describeSpotInstanceRequests,
  describeSpotPriceHistory,
  requestSpotInstances,
];
