import type { NetworkDraft } from '../network/network-draft.ts';
import { checkIds, kinds } from '../resource-kinds.ts';

/**
 * The groups of a VPC that a request names, or its default one. They stay until the commit: no
 * change comes in between.
 *
 * @throws InvalidGroupId.Malformed, InvalidGroup.NotFound
 */
export async function groupsIn(
  draft: NetworkDraft,
  vpcId: string,
  ids: readonly string[] = [],
): Promise<{ GroupId: string; GroupName: string }[]> {
  checkIds(kinds.securityGroup, ids);
  const all = await draft.inVpc('security-group', vpcId);
  const missing = ids.find((id) => !all.some((group) => group.GroupId === id));
  if (missing !== undefined) throw kinds.securityGroup.notFound([missing]);
  return all
    .filter(({ GroupId = '', GroupName }) =>
      ids.length > 0 ? ids.includes(GroupId) : GroupName === 'default',
    )
    .map(({ GroupId = '', GroupName = '' }) => ({ GroupId, GroupName }));
}
