import type { Subnet } from '@aws-sdk/client-ec2';
import * as errors from '../../errors.ts';
import type { Networks } from '../network/networks.ts';
import type { Place } from '../place.ts';
import { checkIds, kinds } from '../resource-kinds.ts';

/**
 * The subnet of this ID, else a default one.
 *
 * @param zone where it is to be; anywhere where undefined
 * @throws InvalidSubnetID.NotFound, InvalidParameterValue
 */
export async function chooseSubnet(
  place: Place,
  networks: Networks,
  id: string | undefined,
  zone: string | undefined,
): Promise<Subnet> {
  if (id) {
    checkIds(kinds.subnet, [id]);
    const subnet = await networks.get('subnet', place, id);
    if (!subnet) throw kinds.subnet.notFound([id]);
    if (zone && subnet.AvailabilityZone !== zone) {
      throw errors.invalidParameter(
        `The availability zone '${zone}' does not match the zone '${subnet.AvailabilityZone}' of the subnet '${id}'`,
      );
    }
    return subnet;
  }
  const defaults = (await networks.list('subnet', place))
    .filter((subnet) => subnet.DefaultForAz)
    .toSorted((a, b) => ((a.AvailabilityZone ?? '') < (b.AvailabilityZone ?? '') ? -1 : 1));
  const chosen = defaults.find((subnet) => !zone || subnet.AvailabilityZone === zone);
  if (!chosen) throw errors.invalidParameter(`Invalid availability zone: [${zone}]`);
  return chosen;
}
