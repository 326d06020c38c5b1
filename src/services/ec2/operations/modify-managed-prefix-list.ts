import type { ModifyManagedPrefixListRequest } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { refuseMembers } from '../domain/not-built.ts';
import { onResource } from '../domain/permission.ts';
import {
  changedEntries,
  checkFits,
  checkMaxEntries,
  checkName,
  checkVersion,
  entriesOf,
  wirePrefixList,
  type PrefixListRecord,
} from '../domain/prefix-lists/prefix-list.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Other entries make a new version; a new name or size does not. */
export const modifyManagedPrefixList = operation(model.ModifyManagedPrefixList, {
  recorded: isOnlyRecorded,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource('ModifyManagedPrefixList', kinds.prefixList, input.PrefixListId, caller),
  async handle(input, { caller, networks }) {
    refuseMembers('ModifyManagedPrefixList', input, ['IpamPrefixListResolverSyncEnabled']);
    if (!input.PrefixListId) throw errors.missingParameter('PrefixListId');
    const { PrefixListId } = input;
    return networks.change(caller, async (draft) => {
      const list = await draft.find('prefix-list', PrefixListId);
      const changed: PrefixListRecord = { ...modified(list, input), State: 'modify-complete' };
      draft.put('prefix-list', changed);
      return { PrefixList: { ...wirePrefixList(changed), State: 'modify-in-progress' as const } };
    });
  },
});

function modified(list: PrefixListRecord, input: ModifyManagedPrefixListRequest): PrefixListRecord {
  const { PrefixListName, AddEntries, RemoveEntries, CurrentVersion } = input;
  const named =
    PrefixListName === undefined ? list : { ...list, PrefixListName: checkName(PrefixListName) };
  const changesEntries = (AddEntries?.length ?? 0) + (RemoveEntries?.length ?? 0) > 0;
  if (input.MaxEntries !== undefined) {
    if (changesEntries) {
      throw errors.combination('You cannot modify entries and MaxEntries in the same request.');
    }
    const MaxEntries = checkMaxEntries(input.MaxEntries);
    checkFits(entriesOf(list).length, MaxEntries);
    return { ...named, MaxEntries };
  }
  if (CurrentVersion !== undefined || changesEntries) checkVersion(list, CurrentVersion);
  if (!changesEntries) return named;
  const entries = changedEntries(entriesOf(list), list.AddressFamily, RemoveEntries, AddEntries);
  checkFits(entries.length, list.MaxEntries);
  const Version = list.Version + 1;
  return { ...named, Version, versions: { ...list.versions, [Version]: entries } };
}
