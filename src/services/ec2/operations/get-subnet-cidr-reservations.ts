import type { SubnetCidrReservation } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import type { Filters } from '../domain/filters.ts';
import { isIpv6 } from '../domain/network/cidr-reservations.ts';
import { checkIds, kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

const filters: Filters<SubnetCidrReservation> = {
  reservationType: (reservation) => reservation.ReservationType,
  'subnet-id': (reservation) => reservation.SubnetId,
};

export const getSubnetCidrReservations = operation(model.GetSubnetCidrReservations, {
  recorded: isOnlyRecorded,
  async handle(input, { caller, networks, tags }: Ec2Scope) {
    const { SubnetId } = input;
    if (!SubnetId) throw errors.missingParameter('subnetId');
    checkIds(kinds.subnet, [SubnetId]);
    if (!(await networks.get('subnet', caller, SubnetId))) {
      throw kinds.subnet.notFound([SubnetId]);
    }
    const own = (await networks.list('subnet-cidr-reservation', caller)).filter(
      (each) => each.SubnetId === SubnetId,
    );
    const all = await tags.join(caller, own, (each) => each.SubnetCidrReservationId);
    const { found, NextToken } = select(all, input, {
      id: (each) => each.SubnetCidrReservationId,
      filters,
    });
    return {
      SubnetIpv4CidrReservations: found.filter((each) => !isIpv6(each)),
      SubnetIpv6CidrReservations: found.filter(isIpv6),
      NextToken,
    };
  },
});
