import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { checkEntry, findEntry } from '../domain/network-acls/entry.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import * as networkErrors from '../network-errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Adds a rule under a number that its direction does not have yet. */
export const createNetworkAclEntry = operation(model.CreateNetworkAclEntry, {
  recorded: isOnlyRecorded,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource('CreateNetworkAclEntry', kinds.networkAcl, input.NetworkAclId, caller),
  async handle(input, { caller, networks }) {
    if (!input.NetworkAclId) throw errors.missingParameter('networkAclId');
    const { NetworkAclId } = input;
    const entry = checkEntry(input);
    await networks.change(caller, async (draft) => {
      const acl = await draft.find('network-acl', NetworkAclId);
      if (findEntry(acl, entry.RuleNumber, entry.Egress ?? false)) {
        throw networkErrors.aclEntryExists(entry.RuleNumber);
      }
      draft.put('network-acl', { ...acl, Entries: [...(acl.Entries ?? []), entry] });
    });
    return {};
  },
});
