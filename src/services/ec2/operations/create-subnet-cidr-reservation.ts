import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { oneOf } from '../domain/launch/settings.ts';
import { checkReservation } from '../domain/network/cidr-reservations.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { tagsOfNew, wireTags } from '../domain/tags.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Whatever has an address of it already keeps that. */
export const createSubnetCidrReservation = operation(model.CreateSubnetCidrReservation, {
  recorded: isOnlyRecorded,
  authorize: ({ SubnetId }, { caller }: Ec2Scope) => [
    onResource('CreateSubnetCidrReservation', kinds.subnet, SubnetId, caller),
    onResource('CreateSubnetCidrReservation', kinds.subnetCidrReservation, undefined, caller),
  ],
  async handle(input, { caller, ids, networks }) {
    const { SubnetId, Cidr: given, Description } = input;
    if (!SubnetId) throw errors.missingParameter('subnetId');
    if (!given) throw errors.missingParameter('cidr');
    if (!input.ReservationType) throw errors.missingParameter('reservationType');
    const type = oneOf(['prefix', 'explicit'], input.ReservationType, 'reservationType');
    const tags = tagsOfNew(caller, kinds.subnetCidrReservation, input.TagSpecifications);
    const made = await networks.change(caller, async (draft) => {
      const subnet = await draft.find('subnet', SubnetId);
      const others = (await draft.list('subnet-cidr-reservation')).filter(
        (each) => each.SubnetId === SubnetId,
      );
      const reservation = {
        SubnetCidrReservationId: ids.resource('scr'),
        ...{ SubnetId, Cidr: checkReservation(given, subnet, others) },
        ...{ ReservationType: type, OwnerId: caller.account },
        ...(Description !== undefined && { Description }),
      };
      return draft.create('subnet-cidr-reservation', reservation, tags);
    });
    return { SubnetCidrReservation: { ...made, Tags: wireTags(tags) } };
  },
});
