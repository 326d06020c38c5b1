import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { instanceType } from '../domain/instance-types/instance-types.ts';
import { checkStopped } from '../domain/instances/modify.ts';
import { namedInstance, onInstances } from '../domain/instances/named.ts';
import { oneOf } from '../domain/launch/settings.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** AWS weighs the bandwidth of some types otherwise than usual, none of which is offered here. */
export const modifyInstanceNetworkPerformanceOptions = operation(
  model.ModifyInstanceNetworkPerformanceOptions,
  {
    recorded: true,
    authorize: ({ InstanceId }, { caller }: Ec2Scope) =>
      onInstances('ModifyInstanceNetworkPerformanceOptions', [InstanceId], caller),
    async handle({ InstanceId, BandwidthWeighting: asked }, scope) {
      if (!asked) throw errors.missingParameter('BandwidthWeighting');
      const weighting = oneOf(['default', 'vpc-1', 'ebs-1'], asked, 'BandwidthWeighting');
      const instance = await namedInstance(InstanceId, scope);
      checkStopped(instance);
      const { NetworkInfo } = instanceType(instance.instanceType) ?? {};
      const offered = NetworkInfo?.BandwidthWeightings ?? ['default'];
      if (!offered.includes(weighting)) {
        throw errors.unsupported(
          `The instance type '${instance.instanceType}' does not support the bandwidth weighting '${weighting}'.`,
        );
      }
      return { InstanceId: instance.id, BandwidthWeighting: weighting };
    },
  },
);
