import type { Route, RouteTable } from '@aws-sdk/client-ec2';
import type { Place } from '../place.ts';
import { prefixListOfService } from '../prefix-lists/kept-by-aws.ts';
import type { VpcEndpointRecord } from './endpoint.ts';

/** The routes that gateway endpoints add to a table: recorded with the endpoints, in no table. */
export function routesToEndpoints(
  { RouteTableId = '' }: RouteTable,
  endpoints: readonly VpcEndpointRecord[],
  { region }: Place,
): Route[] {
  return endpoints
    .filter((endpoint) => endpoint.RouteTableIds.includes(RouteTableId))
    .map((endpoint) => ({
      DestinationPrefixListId: prefixListOfService(region, endpoint.ServiceName)?.PrefixListId,
      GatewayId: endpoint.VpcEndpointId,
      Origin: 'CreateRoute',
      State: 'active',
    }));
}
