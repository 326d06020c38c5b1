import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { onResource } from '../domain/permission.ts';
import { namedGroup } from '../domain/placement-groups/placement-group.ts';
import { membersOf } from '../domain/placement-groups/placement.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as launchErrors from '../launch-errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Refused while an instance is in it. */
export const deletePlacementGroup = operation(model.DeletePlacementGroup, {
  recorded: true,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource('DeletePlacementGroup', kinds.placementGroup, input.GroupName, caller),
  async handle(input, scope) {
    const { caller, placementGroups } = scope;
    const group = await namedGroup(input.GroupName, scope);
    const inUse = launchErrors.placementGroupInUse(group.name);
    if ((await membersOf(group, scope)).length > 0) throw inUse;
    await placementGroups.remove(caller, group.id, ({ revision }) => {
      // A launch joined it after the look at its members.
      if (revision !== group.revision) throw inUse;
      return [];
    });
    return {};
  },
});
