import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { refuseMembers } from '../domain/not-built.ts';
import { onResource } from '../domain/permission.ts';
import {
  readPlacementGroup,
  wirePlacementGroup,
} from '../domain/placement-groups/placement-group.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { tagsOfNew, wireTags } from '../domain/tags.ts';
import type { Ec2Scope } from '../scope.ts';

/** Says how instances would be spread over hosts; all of them are on this one. */
export const createPlacementGroup = operation(model.CreatePlacementGroup, {
  recorded: true,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource('CreatePlacementGroup', kinds.placementGroup, input.GroupName, caller),
  async handle(input, { caller, ids, placementGroups }) {
    refuseMembers('CreatePlacementGroup', input, ['LinkedGroupId', 'ParentGroupId', 'Operator']);
    const group = { ...readPlacementGroup(input), id: ids.resource('pg') };
    const tags = tagsOfNew(caller, kinds.placementGroup, input.TagSpecifications);
    await placementGroups.create(caller, {}, [group], tags);
    const Tags = wireTags(tags);
    return {
      PlacementGroup: { ...wirePlacementGroup(group, caller), ...(Tags.length > 0 && { Tags }) },
    };
  },
});
