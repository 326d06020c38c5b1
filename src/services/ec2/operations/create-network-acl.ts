import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { createOnce } from '../domain/network/create-once.ts';
import { aclEntries } from '../domain/network/new-vpc.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { tagsOfNew, wireTags } from '../domain/tags.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** An ACL that lets nothing pass and that no subnet uses yet. */
export const createNetworkAcl = operation(model.CreateNetworkAcl, {
  recorded: isOnlyRecorded,
  authorize: (_, { caller }: Ec2Scope) =>
    onResource('CreateNetworkAcl', kinds.networkAcl, undefined, caller),
  async handle(input, scope) {
    if (!input.VpcId) throw errors.missingParameter('vpcId');
    const { VpcId, ClientToken } = input;
    const { caller, ids } = scope;
    const tags = tagsOfNew(caller, kinds.networkAcl, input.TagSpecifications);
    const acl = await createOnce(scope, 'network-acl', input, async (draft) => {
      const vpc = await draft.find('vpc', VpcId);
      const made = {
        NetworkAclId: ids.resource('acl'),
        VpcId,
        OwnerId: caller.account,
        IsDefault: false,
        Associations: [],
        Entries: aclEntries(vpc, 'deny'),
      };
      return draft.create('network-acl', made, tags);
    });
    return { NetworkAcl: { ...acl, Tags: wireTags(tags) }, ClientToken };
  },
});
