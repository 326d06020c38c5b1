import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { checkReverseName, wireReverseName } from '../domain/elastic-ips/reverse-names.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Recorded: nobody asks this host what an address is called. AWS wants the name to lead to the address. */
export const modifyAddressAttribute = operation(model.ModifyAddressAttribute, {
  recorded: true,
  authorize: ({ AllocationId }, { caller }: Ec2Scope) =>
    onResource('ModifyAddressAttribute', kinds.elasticIp, AllocationId, caller),
  async handle({ AllocationId, DomainName }, { caller, networks }) {
    if (!AllocationId) throw errors.missingParameter('AllocationId');
    if (!DomainName) throw errors.missingParameter('DomainName');
    const ptrRecord = checkReverseName(DomainName);
    const before = await networks.change(caller, async (draft) => {
      const address = await draft.find('elastic-ip', AllocationId);
      draft.put('elastic-ip', { ...address, ptrRecord });
      return address;
    });
    return { Address: wireReverseName(before, ptrRecord) };
  },
});
