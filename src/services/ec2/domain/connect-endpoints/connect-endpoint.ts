import type {
  Ec2InstanceConnectEndpoint,
  GroupIdentifier,
  NetworkInterface,
} from '@aws-sdk/client-ec2';
import { arnOf } from '../../../../kernel/arn.ts';
import type { Place } from '../place.ts';

/** A way for those who are not in a VPC to its instances: an interface in one subnet. */
export interface ConnectEndpointRecord {
  readonly InstanceConnectEndpointId: string;
  readonly VpcId: string;
  readonly SubnetId: string;
  readonly AvailabilityZone: string;
  readonly AvailabilityZoneId: string;
  readonly Groups: readonly GroupIdentifier[];
  readonly NetworkInterfaceId: string;
  readonly PrivateIpAddress: string;
  readonly MacAddress: string;
  readonly PreserveClientIp: boolean;
  /** What its names have in their second place. */
  readonly label: string;
  readonly createdAtMs: number;
}

type Shown = Ec2InstanceConnectEndpoint & { readonly InstanceConnectEndpointId: string };

/** As DescribeInstanceConnectEndpoints shows it, without tags. */
export function wireConnectEndpoint(
  endpoint: ConnectEndpointRecord,
  place: Place,
  State: Ec2InstanceConnectEndpoint['State'] = 'create-complete',
): Shown {
  const { InstanceConnectEndpointId: id, Groups, label, createdAtMs, ...shown } = endpoint;
  const { MacAddress: _, PrivateIpAddress: __, NetworkInterfaceId, ...rest } = shown;
  const domain = `ec2-instance-connect-endpoint.${place.region}.amazonaws.com`;
  return {
    ...rest,
    OwnerId: place.account,
    InstanceConnectEndpointId: id,
    InstanceConnectEndpointArn: arnOf(place, 'ec2', `instance-connect-endpoint/${id}`),
    State,
    StateMessage: '',
    DnsName: `${id}.${label}.${domain}`,
    FipsDnsName: `${id}.${label}.fips.${domain}`,
    NetworkInterfaceIds: [NetworkInterfaceId],
    SecurityGroupIds: Groups.flatMap(({ GroupId }) => GroupId ?? []),
    IpAddressType: 'ipv4',
    CreatedAt: new Date(createdAtMs),
  };
}

/** Its interface, which nobody changes but the endpoint. */
export function interfaceOfConnectEndpoint(
  endpoint: ConnectEndpointRecord,
  { account }: Place,
): NetworkInterface {
  const { InstanceConnectEndpointId: id, Groups, PrivateIpAddress } = endpoint;
  const { NetworkInterfaceId, SubnetId, VpcId, MacAddress } = endpoint;
  const { AvailabilityZone, AvailabilityZoneId } = endpoint;
  return {
    ...{ NetworkInterfaceId, SubnetId, VpcId, MacAddress, AvailabilityZone, AvailabilityZoneId },
    // What AWS says, whatever its model lists.
    InterfaceType: 'ec2_instance_connect_endpoint' as 'interface',
    Description: `EC2 Instance Connect Endpoint ${id}`,
    OwnerId: account,
    RequesterManaged: true,
    Operator: { Managed: false },
    Status: 'in-use',
    SourceDestCheck: true,
    Groups: [...Groups],
    PrivateIpAddress,
    PrivateIpAddresses: [{ Primary: true, PrivateIpAddress }],
  };
}
