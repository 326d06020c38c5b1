import type { ManagedPrefixList } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import type { Filters } from '../domain/filters.ts';
import { wirePrefixList } from '../domain/prefix-lists/prefix-list.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import type { Ec2Scope } from '../scope.ts';

const filters: Filters<ManagedPrefixList> = {
  'owner-id': (list) => list.OwnerId,
  'prefix-list-id': (list) => list.PrefixListId,
  'prefix-list-name': (list) => list.PrefixListName,
};

/** The account's own lists: AWS's are not kept here. */
export const describeManagedPrefixLists = operation(model.DescribeManagedPrefixLists, {
  recorded: isOnlyRecorded,
  async handle(input, { caller, networks, tags }: Ec2Scope) {
    const shown = (await networks.list('prefix-list', caller)).map(wirePrefixList);
    const all = await tags.join(caller, shown, (list) => list.PrefixListId);
    const { found, NextToken } = select(all, input, {
      id: (list) => list.PrefixListId,
      ids: { kind: kinds.prefixList, given: input.PrefixListIds },
      filters,
      page: { min: 1, max: 100 },
    });
    return { PrefixLists: found, NextToken };
  },
});
