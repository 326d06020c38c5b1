import { arnOf } from '../../../kernel/arn.ts';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { createOnce } from '../domain/network/create-once.ts';
import { onResource } from '../domain/permission.ts';
import {
  changedEntries,
  checkFamily,
  checkFits,
  checkMaxEntries,
  checkName,
  wirePrefixList,
} from '../domain/prefix-lists/prefix-list.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { tagsOfNew, wireTags } from '../domain/tags.ts';
import type { Ec2Scope } from '../scope.ts';

/** A list of blocks that rules and routes refer to, in its first version. */
export const createManagedPrefixList = operation(model.CreateManagedPrefixList, {
  recorded: isOnlyRecorded,
  authorize: (_, { caller }: Ec2Scope) =>
    onResource('CreateManagedPrefixList', kinds.prefixList, undefined, caller),
  async handle(input, scope) {
    const { caller, ids } = scope;
    const PrefixListName = checkName(input.PrefixListName);
    const MaxEntries = checkMaxEntries(input.MaxEntries);
    const AddressFamily = checkFamily(input.AddressFamily);
    const entries = changedEntries([], AddressFamily, [], input.Entries);
    checkFits(entries.length, MaxEntries);
    const tags = tagsOfNew(caller, kinds.prefixList, input.TagSpecifications);
    const list = await createOnce(scope, 'prefix-list', input, async (draft) => {
      const PrefixListId = ids.resource('pl');
      const made = {
        PrefixListId,
        PrefixListArn: arnOf(caller, 'ec2', `prefix-list/${PrefixListId}`),
        PrefixListName,
        AddressFamily,
        MaxEntries,
        State: 'create-complete' as const,
        Version: 1,
        OwnerId: caller.account,
        versions: { 1: entries },
      };
      return draft.create('prefix-list', made, tags);
    });
    const State = 'create-in-progress' as const;
    return { PrefixList: { ...wirePrefixList(list), State, Tags: wireTags(tags) } };
  },
});
