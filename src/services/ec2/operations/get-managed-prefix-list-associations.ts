import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { onResource } from '../domain/permission.ts';
import { associationsOf } from '../domain/prefix-lists/associations.ts';
import { checkIds, kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** What refers to a prefix list. */
export const getManagedPrefixListAssociations = operation(model.GetManagedPrefixListAssociations, {
  recorded: isOnlyRecorded,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource('GetManagedPrefixListAssociations', kinds.prefixList, input.PrefixListId, caller),
  async handle(input, { caller, networks }) {
    const { PrefixListId, MaxResults, NextToken: token } = input;
    if (!PrefixListId) throw errors.missingParameter('PrefixListId');
    checkIds(kinds.prefixList, [PrefixListId]);
    const list = await networks.get('prefix-list', caller, PrefixListId);
    if (!list) throw kinds.prefixList.notFound([PrefixListId]);
    const rules = await networks.list('security-group-rule', caller);
    const tables = await networks.list('route-table', caller);
    const { found, NextToken } = select(
      associationsOf(PrefixListId, rules, tables),
      { MaxResults, NextToken: token },
      { id: (each) => each.ResourceId, filters: {}, page: { min: 5, max: 255 } },
    );
    return { PrefixListAssociations: found, NextToken };
  },
});
