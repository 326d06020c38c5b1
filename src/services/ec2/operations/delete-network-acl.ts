import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import * as networkErrors from '../network-errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Refused while a subnet uses it, and for a VPC's default ACL. */
export const deleteNetworkAcl = operation(model.DeleteNetworkAcl, {
  recorded: isOnlyRecorded,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource('DeleteNetworkAcl', kinds.networkAcl, input.NetworkAclId, caller),
  async handle(input, { caller, networks }) {
    if (!input.NetworkAclId) throw errors.missingParameter('networkAclId');
    const { NetworkAclId } = input;
    await networks.change(caller, async (draft) => {
      const acl = await draft.find('network-acl', NetworkAclId);
      if (acl.IsDefault) throw networkErrors.defaultAclStays(NetworkAclId);
      if (acl.Associations?.length) {
        throw networkErrors.hasDependencies('networkAcl', NetworkAclId);
      }
      draft.remove('network-acl', NetworkAclId);
    });
    return {};
  },
});
