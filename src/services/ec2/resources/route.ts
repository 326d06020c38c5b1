import type { Route as Described } from '@aws-sdk/client-ec2';
import { resourceType, type ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { ResourceModels } from '../../../models/generated/resource-types.ts';
import { checkDestination, destinationOf } from '../domain/routes/destination.ts';
import { isRefusal, unless } from './refusals.ts';

type Route = ResourceModels['AWS::EC2::Route'];

const TARGETS = [
  'EgressOnlyInternetGatewayId',
  'GatewayId',
  'InstanceId',
  'NatGatewayId',
  'NetworkInterfaceId',
  'TransitGatewayId',
  'VpcPeeringConnectionId',
] as const;

export const route = resourceType('AWS::EC2::Route', {
  properties: [
    'DestinationCidrBlock',
    'DestinationIpv6CidrBlock',
    'DestinationPrefixListId',
    'RouteTableId',
    ...TARGETS,
  ],

  async create(desired, context) {
    const destination = destinationOf(checkDestination(desired));
    const identifier = `${desired.RouteTableId}|${destination}`;
    try {
      await context.invoke(model.CreateRoute, requestOf(desired));
    } catch (error) {
      // One that leads to the same place is what an earlier attempt made.
      const standing = await find(identifier, context);
      const isMade =
        isRefusal(error, 'RouteAlreadyExists') && standing && leadsTo(standing, desired);
      if (!isMade) throw error;
    }
    return identifier;
  },

  async read(identifier, context) {
    const found = await find(identifier, context);
    if (!found) return undefined;
    const { RouteTableId, destination } = partsOf(identifier);
    return { RouteTableId, CidrBlock: destination, ...shown(found) };
  },

  async update(_, desired, __, context) {
    await context.invoke(model.ReplaceRoute, requestOf(desired));
  },

  async delete(identifier, context) {
    const found = await find(identifier, context);
    if (!found) return;
    const { DestinationCidrBlock, DestinationIpv6CidrBlock, DestinationPrefixListId } = found;
    const { RouteTableId } = partsOf(identifier);
    const answer = context.invoke(model.DeleteRoute, {
      RouteTableId,
      ...{ DestinationCidrBlock, DestinationIpv6CidrBlock, DestinationPrefixListId },
    });
    await unless('InvalidRoute.NotFound', answer);
  },

  async list({ invoke }) {
    const { RouteTables = [] } = await invoke(model.DescribeRouteTables, {});
    return RouteTables.flatMap(({ RouteTableId, Routes = [] }) =>
      Routes.map((each) => `${RouteTableId}|${destinationOf(each)}`),
    );
  },
});

function requestOf({ RouteTableId, ...desired }: Route) {
  const targets = Object.fromEntries(TARGETS.map((name) => [name, desired[name]]));
  return { RouteTableId, ...checkDestination(desired), ...targets };
}

/** An instance's route names its interface as well: what a template names decides. */
function leadsTo(standing: Described, desired: Route): boolean {
  return TARGETS.every((name) => desired[name] === undefined || desired[name] === standing[name]);
}

function shown(found: Described): Partial<Route> {
  const { DestinationCidrBlock, DestinationIpv6CidrBlock, DestinationPrefixListId } = found;
  return {
    ...(DestinationCidrBlock && { DestinationCidrBlock }),
    ...(DestinationIpv6CidrBlock && { DestinationIpv6CidrBlock }),
    ...(DestinationPrefixListId && { DestinationPrefixListId }),
    ...Object.fromEntries(TARGETS.flatMap((name) => (found[name] ? [[name, found[name]]] : []))),
  };
}

function partsOf(identifier: string): { RouteTableId: string; destination: string } {
  const [RouteTableId = '', destination = ''] = identifier.split('|');
  return { RouteTableId, destination };
}

async function find(
  identifier: string,
  { invoke }: ResourceContext,
): Promise<Described | undefined> {
  const { RouteTableId, destination } = partsOf(identifier);
  const answer = invoke(model.DescribeRouteTables, { RouteTableIds: [RouteTableId] });
  const found = await unless('InvalidRouteTableID.NotFound', answer);
  return found?.RouteTables?.[0]?.Routes?.find((each) => destinationOf(each) === destination);
}
