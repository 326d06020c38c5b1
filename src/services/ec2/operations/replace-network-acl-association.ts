import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import * as networkErrors from '../network-errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Puts a subnet under another ACL: it is always under one. The association is a new one. */
export const replaceNetworkAclAssociation = operation(model.ReplaceNetworkAclAssociation, {
  recorded: isOnlyRecorded,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource('ReplaceNetworkAclAssociation', kinds.networkAcl, input.NetworkAclId, caller),
  async handle(input, { caller, ids, networks }) {
    if (!input.AssociationId) throw errors.missingParameter('associationId');
    if (!input.NetworkAclId) throw errors.missingParameter('networkAclId');
    const { AssociationId, NetworkAclId } = input;
    const NewAssociationId = ids.resource('aclassoc');
    await networks.change(caller, async (draft) => {
      const isIt = (each: { readonly NetworkAclAssociationId?: string | undefined }) =>
        each.NetworkAclAssociationId === AssociationId;
      const before = (await draft.list('network-acl')).find((acl) => acl.Associations?.some(isIt));
      const association = before?.Associations?.find(isIt);
      if (!before || !association) throw networkErrors.associationNotFound(AssociationId);
      const wanted = await draft.find('network-acl', NetworkAclId);
      if (wanted.VpcId !== before.VpcId) {
        const subnet = `subnet ${association.SubnetId}`;
        throw networkErrors.belongApart(`network acl ${NetworkAclId}`, subnet);
      }
      const others = before.Associations?.filter((each) => each !== association);
      draft.put('network-acl', { ...before, Associations: others });
      // Read again: it may be the ACL that the association was just taken from.
      const acl = await draft.find('network-acl', NetworkAclId);
      const moved = {
        NetworkAclAssociationId: NewAssociationId,
        NetworkAclId,
        SubnetId: association.SubnetId,
      };
      draft.put('network-acl', { ...acl, Associations: [...(acl.Associations ?? []), moved] });
    });
    return { NewAssociationId };
  },
});
