import type { TransitGatewayAttachmentResourceType } from '@aws-sdk/client-ec2';
import * as errors from '../../errors.ts';
import type { Ec2Scope } from '../../scope.ts';
import type { Filters } from '../filters.ts';
import { checkIds, kinds } from '../resource-kinds.ts';
import { resourceOf } from './attachment.ts';

interface Member {
  readonly TransitGatewayAttachmentId: string;
  readonly ResourceId: string;
  readonly ResourceType: TransitGatewayAttachmentResourceType;
}

export const memberFilters: Filters<Member> = {
  'resource-id': (member) => member.ResourceId,
  'resource-type': (member) => member.ResourceType,
  'transit-gateway-attachment-id': (member) => member.TransitGatewayAttachmentId,
};

/**
 * The attachments that are associated with a table, or that it learns of.
 *
 * @throws MissingParameter, InvalidRouteTableID.NotFound
 */
export async function membersOf(
  tableId: string | undefined,
  list: 'associations' | 'propagations',
  { caller, networks }: Pick<Ec2Scope, 'caller' | 'networks'>,
): Promise<Member[]> {
  if (!tableId) throw errors.missingParameter('TransitGatewayRouteTableId');
  checkIds(kinds.transitGatewayRouteTable, [tableId]);
  const table = await networks.get('transit-gateway-route-table', caller, tableId);
  if (!table) throw kinds.transitGatewayRouteTable.notFound([tableId]);
  const all = await networks.list('transit-gateway-attachment', caller);
  return all
    .filter(({ TransitGatewayAttachmentId }) => table[list].includes(TransitGatewayAttachmentId))
    .map(resourceOf);
}
