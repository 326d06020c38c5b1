import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { realizationOf } from '../domain/machines/realization.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import { spotRequestFilters } from '../domain/spot/filters.ts';
import { showSpotRequests } from '../domain/spot/wire.ts';
import type { Ec2Scope } from '../scope.ts';

export const describeSpotInstanceRequests = operation(model.DescribeSpotInstanceRequests, {
  async handle(input, scope: Ec2Scope) {
    scope.realize(realizationOf(scope.compute.driver, []));
    const all = await showSpotRequests(await scope.spotRequests.list(scope.caller), scope);
    const { found, NextToken } = select(all, input, {
      id: (request) => request.SpotInstanceRequestId,
      ids: { kind: kinds.spotInstancesRequest, given: input.SpotInstanceRequestIds },
      filters: spotRequestFilters,
    });
    return { SpotInstanceRequests: found, NextToken };
  },
});
