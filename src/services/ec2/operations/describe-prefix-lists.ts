import type { PrefixList } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Filters } from '../domain/filters.ts';
import { prefixListsOfAws } from '../domain/prefix-lists/kept-by-aws.ts';
import { entriesOf } from '../domain/prefix-lists/prefix-list.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import type { Ec2Scope } from '../scope.ts';

const filters: Filters<PrefixList> = {
  'prefix-list-id': (list) => list.PrefixListId,
  'prefix-list-name': (list) => list.PrefixListName,
};

/** The lists of the services that gateway endpoints lead to. An account's own are not among them. */
export const describePrefixLists = operation(model.DescribePrefixLists, {
  recorded: true,
  handle(input, { caller }: Ec2Scope) {
    const all = prefixListsOfAws(caller.region).map((list) => ({
      PrefixListId: list.PrefixListId,
      PrefixListName: list.PrefixListName,
      Cidrs: entriesOf(list).flatMap(({ Cidr }) => Cidr ?? []),
    }));
    const { found, NextToken } = select(all, input, {
      id: (list) => list.PrefixListId,
      ids: { kind: kinds.prefixList, given: input.PrefixListIds },
      filters,
    });
    return Promise.resolve({ PrefixLists: found, NextToken });
  },
});
