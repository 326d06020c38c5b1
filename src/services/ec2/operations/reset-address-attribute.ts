import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { nameOfAws, wireReverseName } from '../domain/elastic-ips/reverse-names.ts';
import { oneOf } from '../domain/launch/settings.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

export const resetAddressAttribute = operation(model.ResetAddressAttribute, {
  recorded: true,
  authorize: ({ AllocationId }, { caller }: Ec2Scope) =>
    onResource('ResetAddressAttribute', kinds.elasticIp, AllocationId, caller),
  async handle({ AllocationId, Attribute }, { caller, networks }) {
    if (!AllocationId) throw errors.missingParameter('AllocationId');
    if (!Attribute) throw errors.missingParameter('Attribute');
    oneOf(['domain-name'], Attribute, 'Attribute');
    const before = await networks.change(caller, async (draft) => {
      const address = await draft.find('elastic-ip', AllocationId);
      const { ptrRecord: _, ...kept } = address;
      draft.put('elastic-ip', kept);
      return address;
    });
    return { Address: wireReverseName(before, nameOfAws(before.PublicIp, caller.region)) };
  },
});
