import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { onResource } from '../domain/permission.ts';
import { associationsOf } from '../domain/prefix-lists/associations.ts';
import { wirePrefixList } from '../domain/prefix-lists/prefix-list.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import * as networkErrors from '../network-errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Refused while a rule or a route refers to it. */
export const deleteManagedPrefixList = operation(model.DeleteManagedPrefixList, {
  recorded: isOnlyRecorded,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource('DeleteManagedPrefixList', kinds.prefixList, input.PrefixListId, caller),
  async handle(input, { caller, networks }) {
    if (!input.PrefixListId) throw errors.missingParameter('PrefixListId');
    const { PrefixListId } = input;
    return networks.change(caller, async (draft) => {
      const list = await draft.find('prefix-list', PrefixListId);
      const rules = await draft.list('security-group-rule');
      const tables = await draft.list('route-table');
      if (associationsOf(PrefixListId, rules, tables).length > 0) {
        throw networkErrors.hasDependencies('prefixList', PrefixListId);
      }
      draft.remove('prefix-list', PrefixListId);
      return { PrefixList: { ...wirePrefixList(list), State: 'delete-in-progress' as const } };
    });
  },
});
