import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import * as networkErrors from '../network-errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Refused while anything has an address in it or a transit gateway is reached from it. Its associations go with it. */
export const deleteSubnet = operation(model.DeleteSubnet, {
  recorded: isOnlyRecorded,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource('DeleteSubnet', kinds.subnet, input.SubnetId, caller),
  async handle(input, { caller, networks, instances }) {
    if (!input.SubnetId) throw errors.missingParameter('subnetId');
    const { SubnetId } = input;
    await networks.change(caller, async (draft) => {
      const { VpcId = '' } = await draft.take('subnet', SubnetId);
      const attachments = await draft.inVpc('transit-gateway-attachment', VpcId);
      const isAttached = attachments.some(({ SubnetIds }) => SubnetIds.includes(SubnetId));
      if (isAttached || (await instances.addresses.anyClaimed(SubnetId))) {
        throw networkErrors.hasDependencies('subnet', SubnetId);
      }
      draft.remove('subnet', SubnetId);
      for (const reservation of await draft.list('subnet-cidr-reservation')) {
        if (reservation.SubnetId !== SubnetId) continue;
        draft.remove('subnet-cidr-reservation', reservation.SubnetCidrReservationId);
      }
      const others = <T extends { readonly SubnetId?: string | undefined }>(all: T[] | undefined) =>
        (all ?? []).filter((association) => association.SubnetId !== SubnetId);
      for (const acl of await draft.inVpc('network-acl', VpcId)) {
        const Associations = others(acl.Associations);
        if (Associations.length === acl.Associations?.length) continue;
        draft.put('network-acl', { ...acl, Associations });
      }
      for (const table of await draft.inVpc('route-table', VpcId)) {
        const Associations = others(table.Associations);
        if (Associations.length === table.Associations?.length) continue;
        draft.put('route-table', { ...table, Associations });
      }
    });
    return {};
  },
});
