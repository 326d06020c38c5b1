import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { checkRuleNumber, findEntry } from '../domain/network-acls/entry.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import * as networkErrors from '../network-errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Every rule but the last, which has no number of its own, may go. */
export const deleteNetworkAclEntry = operation(model.DeleteNetworkAclEntry, {
  recorded: isOnlyRecorded,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource('DeleteNetworkAclEntry', kinds.networkAcl, input.NetworkAclId, caller),
  async handle(input, { caller, networks }) {
    if (!input.NetworkAclId) throw errors.missingParameter('networkAclId');
    if (input.Egress === undefined) throw errors.missingParameter('egress');
    const { NetworkAclId, Egress } = input;
    const number = checkRuleNumber(input.RuleNumber);
    await networks.change(caller, async (draft) => {
      const acl = await draft.find('network-acl', NetworkAclId);
      const entry = findEntry(acl, number, Egress);
      if (!entry) throw networkErrors.aclEntryNotFound(number);
      const Entries = acl.Entries?.filter((each) => each !== entry);
      draft.put('network-acl', { ...acl, Entries });
    });
    return {};
  },
});
