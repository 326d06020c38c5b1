import { set } from '../../../../storage/records.ts';
import * as networkErrors from '../../network-errors.ts';
import type { Ec2Scope } from '../../scope.ts';
import type { NetworkDraft } from '../network/network-draft.ts';
import { groupsIn } from './groups.ts';
import type { NamedInterface } from './named.ts';

export interface InterfaceChange {
  readonly description?: string;
  readonly sourceDestCheck?: boolean;
  readonly groupIds?: readonly string[];
  readonly deleteOnTermination?: { readonly attachmentId: string; readonly value: boolean };
}

/**
 * Changes an interface wherever it is recorded.
 *
 * @throws InvalidGroup.NotFound, InvalidAttachmentID.NotFound
 */
export async function changeInterface(
  draft: NetworkDraft,
  { record, instance }: NamedInterface,
  { description, sourceDestCheck, groupIds, deleteOnTermination }: InterfaceChange,
  { instances }: Pick<Ec2Scope, 'instances'>,
): Promise<void> {
  const vpcId = record ? record.VpcId : instance.network.vpcId;
  const groups = groupIds && (await groupsIn(draft, vpcId, groupIds));
  const attachment = record?.attachment;
  const attachmentId = record ? attachment?.attachmentId : instance.network.attachmentId;
  if (deleteOnTermination && deleteOnTermination.attachmentId !== attachmentId) {
    throw networkErrors.attachmentNotFound(deleteOnTermination.attachmentId);
  }
  const ending = deleteOnTermination && { deleteOnTermination: deleteOnTermination.value };
  if (record) {
    draft.put('network-interface', {
      ...record,
      ...(description !== undefined && { Description: description }),
      ...(sourceDestCheck !== undefined && { SourceDestCheck: sourceDestCheck }),
      ...(groups && { Groups: groups }),
      ...(attachment && { attachment: { ...attachment, ...ending } }),
    });
    return;
  }
  const network = {
    ...instance.network,
    ...(description !== undefined && { description }),
    ...(sourceDestCheck !== undefined && { sourceDestCheck }),
    ...ending,
    ...(groups && {
      groups: groups.map(({ GroupId, GroupName }) => ({ id: GroupId, name: GroupName })),
    }),
  };
  draft.write(set(instances.at(instance), { ...instance, network }));
}
