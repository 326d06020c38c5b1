import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { liveAttachment } from '../domain/interfaces/network-interface.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import * as networkErrors from '../network-errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Takes an interface from an instance; its first one stays. */
export const detachNetworkInterface = operation(model.DetachNetworkInterface, {
  recorded: isOnlyRecorded,
  authorize: (_, { caller }: Ec2Scope) =>
    onResource('DetachNetworkInterface', kinds.networkInterface, undefined, caller),
  async handle({ AttachmentId: id }, { caller, instances, networks }) {
    if (!id) throw errors.missingParameter('attachmentId');
    await networks.change(caller, async (draft) => {
      const all = await instances.list(caller);
      const isFirst = ({ state, network }: (typeof all)[number]) =>
        state !== 'terminated' && network.attachmentId === id;
      if (all.some(isFirst)) throw networkErrors.firstInterfaceStays();
      const record = (await draft.list('network-interface')).find(
        (each) => liveAttachment(each, all)?.attachmentId === id,
      );
      if (!record) throw networkErrors.attachmentNotFound(id);
      const { attachment: _, ...detached } = record;
      draft.put('network-interface', detached);
    });
    return {};
  },
});
