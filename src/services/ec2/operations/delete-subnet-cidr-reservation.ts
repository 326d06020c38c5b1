import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { wireTags } from '../domain/tags.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

export const deleteSubnetCidrReservation = operation(model.DeleteSubnetCidrReservation, {
  recorded: isOnlyRecorded,
  authorize: ({ SubnetCidrReservationId: id }, { caller }: Ec2Scope) =>
    onResource('DeleteSubnetCidrReservation', kinds.subnetCidrReservation, id, caller),
  async handle({ SubnetCidrReservationId: id }, { caller, networks, tags }) {
    if (!id) throw errors.missingParameter('subnetCidrReservationId');
    const Tags = wireTags(await tags.get(caller, id));
    const gone = await networks.change(caller, async (draft) => {
      const reservation = await draft.find('subnet-cidr-reservation', id);
      draft.remove('subnet-cidr-reservation', id);
      return reservation;
    });
    return { DeletedSubnetCidrReservation: { ...gone, Tags } };
  },
});
