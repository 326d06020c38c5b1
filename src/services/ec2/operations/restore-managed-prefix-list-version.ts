import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { onResource } from '../domain/permission.ts';
import {
  checkFits,
  checkVersion,
  wirePrefixList,
  type PrefixListRecord,
} from '../domain/prefix-lists/prefix-list.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import * as networkErrors from '../network-errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Makes a new version with the entries of an earlier one. */
export const restoreManagedPrefixListVersion = operation(model.RestoreManagedPrefixListVersion, {
  recorded: isOnlyRecorded,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource('RestoreManagedPrefixListVersion', kinds.prefixList, input.PrefixListId, caller),
  async handle(input, { caller, networks }) {
    if (!input.PrefixListId) throw errors.missingParameter('PrefixListId');
    if (input.PreviousVersion === undefined) throw errors.missingParameter('PreviousVersion');
    const { PrefixListId, PreviousVersion } = input;
    return networks.change(caller, async (draft) => {
      const list = await draft.find('prefix-list', PrefixListId);
      checkVersion(list, input.CurrentVersion);
      const entries = list.versions[PreviousVersion];
      if (!entries) throw networkErrors.prefixListVersionNotFound(PrefixListId, PreviousVersion);
      checkFits(entries.length, list.MaxEntries);
      const Version = list.Version + 1;
      const versions = { ...list.versions, [Version]: entries };
      const restored: PrefixListRecord = { ...list, Version, versions, State: 'restore-complete' };
      draft.put('prefix-list', restored);
      return { PrefixList: { ...wirePrefixList(restored), State: 'restore-in-progress' as const } };
    });
  },
});
