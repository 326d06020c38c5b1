import type { VpcPeeringConnection } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import type { Filters } from '../domain/filters.ts';
import { isVisible, wirePeering } from '../domain/peering/peering.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import type { Ec2Scope } from '../scope.ts';

const filters: Filters<VpcPeeringConnection> = {
  'accepter-vpc-info.cidr-block': (connection) => connection.AccepterVpcInfo?.CidrBlock,
  'accepter-vpc-info.owner-id': (connection) => connection.AccepterVpcInfo?.OwnerId,
  'accepter-vpc-info.vpc-id': (connection) => connection.AccepterVpcInfo?.VpcId,
  'expiration-time': (connection) => connection.ExpirationTime,
  'requester-vpc-info.cidr-block': (connection) => connection.RequesterVpcInfo?.CidrBlock,
  'requester-vpc-info.owner-id': (connection) => connection.RequesterVpcInfo?.OwnerId,
  'requester-vpc-info.vpc-id': (connection) => connection.RequesterVpcInfo?.VpcId,
  'status-code': (connection) => connection.Status?.Code,
  'status-message': (connection) => connection.Status?.Message,
  'vpc-peering-connection-id': (connection) => connection.VpcPeeringConnectionId,
};

export const describeVpcPeeringConnections = operation(model.DescribeVpcPeeringConnections, {
  recorded: isOnlyRecorded,
  async handle(input, { caller, clock, networks, tags }: Ec2Scope) {
    const now = clock.now();
    const recorded = await networks.list('vpc-peering-connection', caller);
    const shown = recorded
      .filter((connection) => isVisible(connection, now))
      .map((connection) => wirePeering(connection, now));
    const all = await tags.join(caller, shown, (each) => each.VpcPeeringConnectionId);
    const { found, NextToken } = select(all, input, {
      id: (connection) => connection.VpcPeeringConnectionId,
      ids: { kind: kinds.vpcPeeringConnection, given: input.VpcPeeringConnectionIds },
      filters,
    });
    return { VpcPeeringConnections: found, NextToken };
  },
});
