import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { onResource } from '../domain/permission.ts';
import { checkIds, kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import * as errors from '../errors.ts';
import * as networkErrors from '../network-errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** The entries of a version; of the present one where none is named. */
export const getManagedPrefixListEntries = operation(model.GetManagedPrefixListEntries, {
  recorded: isOnlyRecorded,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource('GetManagedPrefixListEntries', kinds.prefixList, input.PrefixListId, caller),
  async handle(input, { caller, networks }) {
    const { PrefixListId, TargetVersion, MaxResults, NextToken: token } = input;
    if (!PrefixListId) throw errors.missingParameter('PrefixListId');
    checkIds(kinds.prefixList, [PrefixListId]);
    const list = await networks.get('prefix-list', caller, PrefixListId);
    if (!list) throw kinds.prefixList.notFound([PrefixListId]);
    const version = TargetVersion ?? list.Version;
    const entries = list.versions[version];
    if (!entries) throw networkErrors.prefixListVersionNotFound(PrefixListId, version);
    const { found, NextToken } = select(
      entries,
      { MaxResults, NextToken: token },
      { id: (entry) => entry.Cidr, filters: {}, page: { min: 1, max: 100 } },
    );
    return { Entries: found, NextToken };
  },
});
