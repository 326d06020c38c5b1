import type { PlacementGroup } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Filters } from '../domain/filters.ts';
import { wirePlacementGroup } from '../domain/placement-groups/placement-group.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import * as launchErrors from '../launch-errors.ts';
import type { Ec2Scope } from '../scope.ts';

const filters: Filters<PlacementGroup> = {
  'group-arn': (group) => group.GroupArn,
  'group-name': (group) => group.GroupName,
  'spread-level': (group) => group.SpreadLevel,
  state: (group) => group.State,
  strategy: (group) => group.Strategy,
};

export const describePlacementGroups = operation(model.DescribePlacementGroups, {
  recorded: true,
  async handle(input, { caller, placementGroups, tags }: Ec2Scope) {
    const shown = (await placementGroups.list(caller)).map((each) =>
      wirePlacementGroup(each, caller),
    );
    const all = await tags.join(caller, shown, (group) => group.GroupId);
    const names = new Set(input.GroupNames);
    for (const name of names) {
      if (!all.some((group) => group.GroupName === name)) {
        throw launchErrors.placementGroupUnknown(name);
      }
    }
    const named = names.size === 0 ? all : all.filter((each) => names.has(each.GroupName ?? ''));
    const { found } = select(
      named,
      { Filters: input.Filters },
      {
        id: (group) => group.GroupId,
        ids: { kind: kinds.placementGroup, given: input.GroupIds },
        filters,
      },
    );
    return { PlacementGroups: found };
  },
});
