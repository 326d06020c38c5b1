import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { planLaunch } from '../domain/launch/plan.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { launchOf } from '../domain/spot/evaluate.ts';
import { newRequestId } from '../domain/spot/fulfil.ts';
import type { SpotRequestRecord } from '../domain/spot/request.ts';
import { termsOfRequest } from '../domain/spot/terms.ts';
import { showSpotRequests } from '../domain/spot/wire.ts';
import { tagsOfNew } from '../domain/tags.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';
import * as spotErrors from '../spot-errors.ts';

const MAX_INSTANCES = 1000;

/** Records the requests; `domain/spot/controller.ts` launches what they ask for. */
export const requestSpotInstances = operation(model.RequestSpotInstances, {
  authorize: (_, { caller }: Ec2Scope) =>
    onResource('RequestSpotInstances', kinds.spotInstancesRequest, undefined, caller),
  async handle(input, scope) {
    const { caller, ids, clock, spotRequests } = scope;
    const { LaunchSpecification, InstanceCount = 1 } = input;
    if (!LaunchSpecification) throw errors.missingParameter('LaunchSpecification');
    if (InstanceCount < 1) {
      throw errors.invalidValue(InstanceCount, 'instanceCount', 'Expected a value of at least 1.');
    }
    if (InstanceCount > MAX_INSTANCES) throw spotErrors.spotCountExceeded();
    const tags = tagsOfNew(caller, kinds.spotInstancesRequest, input.TagSpecifications);
    const plan = await planLaunch(launchOf({ specification: LaunchSpecification }), {}, scope);
    scope.realize(plan.driver.realization);
    const terms = termsOfRequest(input, plan.type, clock.now());
    const fresh = Array.from({ length: InstanceCount }, (): SpotRequestRecord => ({
      ...{ account: caller.account, region: caller.region, id: newRequestId(ids) },
      ...terms,
      createdAtMs: clock.now(),
      // Both may have been left to us, or named by what changes later.
      specification: {
        ...LaunchSpecification,
        ImageId: plan.image.image.ImageId,
        InstanceType: plan.type.InstanceType,
      },
      groups: plan.network.groups,
      ...{ state: 'open', code: 'pending-evaluation', atMs: clock.now() },
    }));
    const made = await spotRequests.create(caller, input, fresh, tags);
    return { SpotInstanceRequests: await showSpotRequests(made, scope) };
  },
});
