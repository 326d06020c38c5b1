import type { ElasticGpus } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Filters } from '../domain/filters.ts';
import { select } from '../domain/select.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

const filters: Filters<ElasticGpus> = {
  'availability-zone': (gpu) => gpu.AvailabilityZone,
  'elastic-gpu-health': (gpu) => gpu.ElasticGpuHealth?.Status,
  'elastic-gpu-state': (gpu) => gpu.ElasticGpuState,
  'elastic-gpu-type': (gpu) => gpu.ElasticGpuType,
  'instance-id': (gpu) => gpu.InstanceId,
};

/** AWS has none any more since 2024. */
export const describeElasticGpus = operation(model.DescribeElasticGpus, {
  handle(input, _scope: Ec2Scope) {
    const [id] = input.ElasticGpuIds ?? [];
    if (id !== undefined) {
      throw errors.invalidValue(id, 'ElasticGpuId', 'There is no such elastic GPU.');
    }
    const none: ElasticGpus[] = [];
    const { found, NextToken } = select(none, input, {
      id: (gpu) => gpu.ElasticGpuId,
      filters,
      page: { min: 10, max: 1000 },
    });
    return { ElasticGpuSet: found, NextToken };
  },
});
