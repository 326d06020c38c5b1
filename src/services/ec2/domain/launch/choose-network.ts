import type {
  InstanceNetworkInterfaceSpecification,
  InstanceTypeInfo,
  RunInstancesRequest,
} from '@aws-sdk/client-ec2';
import type { Ec2Scope } from '../../scope.ts';
import * as errors from '../../errors.ts';
import * as launchErrors from '../../launch-errors.ts';
import { checkInterfaceCount } from '../interfaces/limit.ts';
import { chooseInterface, type PlannedInterface } from './choose-interface.ts';

/** Where a launch's instances will be: the first interface of each, and the others. */
export interface NetworkPlan extends PlannedInterface {
  readonly publicAddress: boolean;
  readonly further: readonly PlannedInterface[];
}

type Asked = InstanceNetworkInterfaceSpecification;

/** @throws InvalidSubnetID.NotFound, InvalidGroup.NotFound, InvalidParameterCombination, … */
export async function chooseNetwork(
  input: RunInstancesRequest,
  type: InstanceTypeInfo,
  scope: Ec2Scope,
): Promise<NetworkPlan> {
  const [first, ...others] = inOrder(input, type);
  const names = input.SecurityGroups ?? [];
  const count = input.MaxCount ?? 1;
  const asked: Asked = first ?? {
    SubnetId: input.SubnetId,
    Groups: input.SecurityGroupIds,
    PrivateIpAddress: input.PrivateIpAddress,
    Ipv6AddressCount: input.Ipv6AddressCount,
    Ipv6Addresses: input.Ipv6Addresses,
  };
  const zone = input.Placement?.AvailabilityZone;
  const own = await chooseInterface(asked, names, zone, count, scope);
  const { AvailabilityZone, VpcId } = own.subnet;
  if (zone && zone !== AvailabilityZone) throw launchErrors.interfaceElsewhere();
  const further: PlannedInterface[] = [];
  for (const each of others) {
    const planned = await chooseInterface(
      each,
      [],
      each.SubnetId ? zone : AvailabilityZone,
      count,
      scope,
    );
    if (planned.subnet.AvailabilityZone !== AvailabilityZone) {
      throw launchErrors.interfaceElsewhere();
    }
    if (planned.subnet.VpcId !== VpcId) {
      throw errors.unsupported("Alacarte attaches interfaces of the instance's own VPC only.");
    }
    further.push(planned);
  }
  const mapped = own.existing === undefined && own.subnet.MapPublicIpOnLaunch;
  return { ...own, further, publicAddress: asked.AssociatePublicIpAddress ?? mapped ?? false };
}

/** The interfaces that a request asks for, the first one first; none where it says nothing of them. */
function inOrder(input: RunInstancesRequest, type: InstanceTypeInfo): readonly Asked[] {
  const cards = input.NetworkInterfaces ?? [];
  if (cards.length === 0) return cards;
  refuseInstanceLevel(input);
  for (const { DeviceIndex, NetworkCardIndex } of cards) {
    if (DeviceIndex === undefined) throw launchErrors.noDeviceIndex();
    if (NetworkCardIndex) {
      throw errors.invalidValue(NetworkCardIndex, 'networkCardIndex', 'There is one card.');
    }
  }
  const indexes = cards.map(({ DeviceIndex = 0 }) => DeviceIndex);
  if (!indexes.includes(0)) throw launchErrors.noFirstInterface();
  const twice = indexes.find((index, at) => indexes.indexOf(index) !== at);
  if (twice !== undefined) throw launchErrors.deviceIndexTwice(twice);
  checkInterfaceCount(cards.length, type.InstanceType ?? '');
  if (cards.length > 1 && cards.some((card) => card.AssociatePublicIpAddress)) {
    throw errors.combination(
      'The associatePublicIPAddress parameter cannot be specified when launching with multiple network interfaces',
    );
  }
  return cards.toSorted((one, other) => (one.DeviceIndex ?? 0) - (other.DeviceIndex ?? 0));
}

/** @throws InvalidParameterCombination for what belongs to an interface where there are some */
function refuseInstanceLevel(input: RunInstancesRequest): void {
  const given: readonly [string, unknown][] = [
    ['subnet ID', input.SubnetId],
    ['security groups', input.SecurityGroupIds?.length || input.SecurityGroups?.length],
    ['private IP address', input.PrivateIpAddress],
    ['IPv6 address', input.Ipv6AddressCount || input.Ipv6Addresses?.length],
  ];
  for (const [what, value] of given) {
    if (!value) continue;
    throw errors.combination(
      `Network interfaces and an instance-level ${what} may not be specified on the same request`,
    );
  }
}
