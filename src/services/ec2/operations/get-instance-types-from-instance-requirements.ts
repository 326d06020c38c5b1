import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { instanceTypes } from '../domain/instance-types/instance-types.ts';
import { requirementsMet } from '../domain/instance-types/requirements.ts';
import { oneOf } from '../domain/launch/settings.ts';
import { refuseMembers } from '../domain/not-built.ts';
import { select } from '../domain/select.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

const ARCHITECTURES = ['i386', 'x86_64', 'arm64', 'x86_64_mac', 'arm64_mac'] as const;
const VIRTUALIZATIONS = ['hvm', 'paravirtual'] as const;

export const getInstanceTypesFromInstanceRequirements = operation(
  model.GetInstanceTypesFromInstanceRequirements,
  {
    handle(input, _scope: Ec2Scope) {
      const { ArchitectureTypes = [], VirtualizationTypes = [], InstanceRequirements } = input;
      if (ArchitectureTypes.length === 0) throw errors.missingParameter('ArchitectureType');
      if (VirtualizationTypes.length === 0) throw errors.missingParameter('VirtualizationType');
      if (!InstanceRequirements) throw errors.missingParameter('InstanceRequirements');
      refuseMembers('InstanceRequirements', InstanceRequirements, [
        ...(['SpotMaxPricePercentageOverLowestPrice', 'NetworkBandwidthGbps'] as const),
        ...(['OnDemandMaxPricePercentageOverLowestPrice', 'BaselinePerformanceFactors'] as const),
        'MaxSpotPriceAsPercentageOfOptimalOnDemandPrice',
      ]);
      const architectures = ArchitectureTypes.map((each) =>
        oneOf(ARCHITECTURES, each, 'ArchitectureType'),
      );
      const virtualizations = VirtualizationTypes.map((each) =>
        oneOf(VIRTUALIZATIONS, each, 'VirtualizationType'),
      );
      const meets = requirementsMet(InstanceRequirements);
      const all = instanceTypes().filter(
        (type) =>
          architectures.some((each) =>
            type.ProcessorInfo?.SupportedArchitectures?.includes(each),
          ) &&
          virtualizations.some((each) => type.SupportedVirtualizationTypes?.includes(each)) &&
          meets(type),
      );
      const { MaxResults, NextToken } = input;
      const page = select(
        all.map(({ InstanceType }) => ({ InstanceType })),
        { MaxResults, NextToken },
        { id: (type) => type.InstanceType, filters: {}, page: { min: 1, max: 1000 } },
      );
      return { InstanceTypes: page.found, NextToken: page.NextToken };
    },
  },
);
