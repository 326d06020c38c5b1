import type { NetworkInterface } from '@aws-sdk/client-ec2';
import type { Ec2Scope } from '../../scope.ts';
import { interfaceOfConnectEndpoint } from '../connect-endpoints/connect-endpoint.ts';
import { interfacesOfEndpoint } from '../endpoints/endpoint.ts';
import { networkInterfaces } from '../instances/parts.ts';
import { interfacesOf } from '../nat-gateways/nat-gateways.ts';
import { liveAttachment, wireInterface } from './network-interface.ts';

/** All interfaces: those of instances, NAT gateways and endpoints, and those that were made by themselves. */
export async function allInterfaces({
  caller,
  instances,
  networks,
}: Pick<Ec2Scope, 'caller' | 'instances' | 'networks'>): Promise<NetworkInterface[]> {
  const machines = await instances.list(caller);
  const subnets = await networks.list('subnet', caller);
  const gateways = await networks.list('natgateway', caller);
  const endpoints = await networks.list('vpc-endpoint', caller);
  const doors = await networks.list('instance-connect-endpoint', caller);
  const own = await networks.list('network-interface', caller);
  return [
    ...machines.flatMap(networkInterfaces),
    ...gateways.flatMap((gateway) => interfacesOf(gateway, subnets)),
    ...endpoints.flatMap((endpoint) => interfacesOfEndpoint(endpoint, subnets, caller)),
    ...doors.map((endpoint) => interfaceOfConnectEndpoint(endpoint, caller)),
    ...own.map((record) => wireInterface(record, liveAttachment(record, machines), caller)),
  ];
}
