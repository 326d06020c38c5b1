import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { tagsOfNew, wireTags } from '../domain/tags.ts';
import type { Ec2Scope } from '../scope.ts';

/** A gateway that no VPC has yet. */
export const createInternetGateway = operation(model.CreateInternetGateway, {
  recorded: isOnlyRecorded,
  authorize: (_, { caller }: Ec2Scope) =>
    onResource('CreateInternetGateway', kinds.internetGateway, undefined, caller),
  async handle(input, { caller, ids, networks }) {
    const tags = tagsOfNew(caller, kinds.internetGateway, input.TagSpecifications);
    const gateway = {
      InternetGatewayId: ids.resource('igw'),
      OwnerId: caller.account,
      Attachments: [],
    };
    await networks.change(caller, async (draft) => draft.create('internet-gateway', gateway, tags));
    return { InternetGateway: { ...gateway, Tags: wireTags(tags) } };
  },
});
