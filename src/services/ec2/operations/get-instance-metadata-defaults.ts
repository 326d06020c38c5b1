import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Ec2Scope } from '../scope.ts';

export const getInstanceMetadataDefaults = operation(model.GetInstanceMetadataDefaults, {
  async handle(_, { caller, settings }: Ec2Scope) {
    const { metadataDefaults: set } = await settings.get(caller);
    if (!set) return { AccountLevel: {} };
    return {
      AccountLevel: {
        ...(set.tokens && { HttpTokens: set.tokens }),
        ...(set.hopLimit !== undefined && { HttpPutResponseHopLimit: set.hopLimit }),
        ...(set.endpoint && { HttpEndpoint: set.endpoint }),
        ...(set.tags && { InstanceMetadataTags: set.tags }),
        ManagedBy: 'account' as const,
      },
    };
  },
});
