import type { Ids } from '../../../../kernel/ids.ts';
import type { Ec2Scope } from '../../scope.ts';
import type { OnHosts } from '../hosts/placement.ts';
import { sizedBy } from '../instances/cpu-options.ts';
import type { Instance } from '../instances/instance.ts';
import { asFirst } from '../interfaces/first-interface.ts';
import { newMacAddress } from '../interfaces/mac-address.ts';
import { placementAt } from '../placement-groups/placement.ts';
import { newAssociation } from '../profiles/associations.ts';
import { spotAt } from '../spot/fulfil.ts';
import type { Assigned } from './assign-addresses.ts';
import { sizeOf } from './capacity.ts';
import type { NetworkPlan } from './choose-network.ts';
import type { Existing } from './launched-interfaces.ts';
import { volumesAtLaunch } from './launched-volumes.ts';
import type { LaunchPlan } from './plan.ts';

/** The instances of a launch as they are recorded at first, one for each of `assigned`. */
export function newInstances(
  plan: LaunchPlan,
  { hostIds }: OnHosts,
  assigned: readonly Assigned[],
  existing: Existing,
  clientToken: string | undefined,
  scope: Ec2Scope,
): Instance[] {
  const { ids, clock, caller } = scope;
  // AWS tells times of attachment to the second.
  const now = Math.floor(clock.now() / 1000) * 1000;
  const reservationId = ids.resource('r');
  const { image, type, key, network, settings, userData } = plan;
  const taken = network.existing === undefined ? undefined : existing.get(network.existing);
  return assigned.map((own, launchIndex) => ({
    account: caller.account,
    region: caller.region,
    id: ids.resource('i'),
    reservationId,
    launchIndex,
    ...(clientToken !== undefined && { clientToken }),
    imageId: image.image.ImageId,
    driver: plan.driver.name,
    imageKey: image.entry.key,
    ...(image.root && { rootDisk: image.root.snapshotId }),
    architecture: image.entry.architecture,
    instanceType: type.InstanceType ?? '',
    ...sizeOf(type),
    ...(plan.cpu && sizedBy(plan.cpu)),
    state: 'pending',
    transitionReason: '',
    launchedAtMs: clock.now(),
    ...(key && { keyName: key.keyName, publicKey: key.publicKey }),
    ...(userData && { userData }),
    ...(plan.profile !== undefined && { profile: newAssociation(plan.profile, scope) }),
    network: {
      vpcId: network.subnet.VpcId ?? '',
      subnetId: network.subnet.SubnetId ?? '',
      subnetCidr: network.subnet.CidrBlock ?? '',
      zone: network.subnet.AvailabilityZone ?? '',
      zoneId: network.subnet.AvailabilityZoneId ?? '',
      attachmentId: ids.resource('eni-attach'),
      attachedAtMs: now,
      ...(!network.deleteOnTermination && { deleteOnTermination: false }),
      ...(taken ? asFirst(taken) : newFirst(network, own, ids)),
    },
    rootDeviceName: image.image.RootDeviceName ?? '',
    ...(plan.placement && { placement: placementAt(plan.placement, launchIndex) }),
    ...(plan.host && { host: { ...plan.host, id: hostIds[launchIndex] } }),
    ...(plan.reservation && { capacityReservation: plan.reservation }),
    ...spotAt(plan, ids),
    ...(plan.fleet && { fleet: plan.fleet }),
    ...volumesAtLaunch(plan, now, ids),
    settings,
  }));
}

function newFirst({ description, groups }: NetworkPlan, assigned: Assigned, ids: Ids) {
  const [privateAddress = '', ...further] = assigned.private[0] ?? [];
  const [ipv6Addresses = []] = assigned.ipv6;
  return {
    ...{ interfaceId: ids.resource('eni'), description, groups, privateAddress },
    macAddress: newMacAddress(ids),
    ...(further.length > 0 && { further }),
    ...(ipv6Addresses.length > 0 && { ipv6Addresses }),
    ...(assigned.public !== undefined && { publicAddress: assigned.public }),
    sourceDestCheck: true,
  };
}
