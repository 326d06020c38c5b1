import type { ModifyVpcEndpointRequest } from '@aws-sdk/client-ec2';
import * as endpointErrors from '../../endpoint-errors.ts';
import * as errors from '../../errors.ts';
import type { EndpointType } from './services.ts';

type Request = {
  readonly RouteTableIds?: readonly string[] | undefined;
  readonly SubnetIds?: readonly string[] | undefined;
  readonly SecurityGroupIds?: readonly string[] | undefined;
  readonly IpAddressType?: string | undefined;
} & Pick<
  ModifyVpcEndpointRequest,
  | 'AddRouteTableIds'
  | 'AddSecurityGroupIds'
  | 'AddSubnetIds'
  | 'PrivateDnsEnabled'
  | 'RemoveRouteTableIds'
  | 'RemoveSecurityGroupIds'
  | 'RemoveSubnetIds'
>;

/**
 * Refuses what endpoints of the other type have.
 *
 * @throws InvalidParameter, UnsupportedOperation for IPv6
 */
export function checkFitsType(input: Request, type: EndpointType): void {
  if (input.IpAddressType && input.IpAddressType !== 'ipv4') {
    throw errors.unsupported('Alacarte has VPC endpoints of the address type ipv4 only.');
  }
  const given = (...lists: (readonly string[] | undefined)[]) => lists.some((ids) => ids?.length);
  if (type === 'Interface') {
    if (given(input.RouteTableIds, input.AddRouteTableIds, input.RemoveRouteTableIds)) {
      throw endpointErrors.notForType('Route tables', type);
    }
    return;
  }
  if (given(input.SubnetIds, input.AddSubnetIds, input.RemoveSubnetIds)) {
    throw endpointErrors.notForType('Subnets', type);
  }
  if (given(input.SecurityGroupIds, input.AddSecurityGroupIds, input.RemoveSecurityGroupIds)) {
    throw endpointErrors.notForType('Security groups', type);
  }
  if (input.PrivateDnsEnabled) throw endpointErrors.notForType('Private DNS names', type);
}
