import type {
  TransitGatewayAttachment,
  TransitGatewayVpcAttachment,
  TransitGatewayVpcAttachmentOptions,
} from '@aws-sdk/client-ec2';
import * as networkErrors from '../../network-errors.ts';
import * as transitErrors from '../../transit-errors.ts';
import type { NetworkDraft } from '../network/network-draft.ts';
import type { Place } from '../place.ts';
import type { TransitTableRecord } from './table.ts';

/** A VPC's way to a transit gateway, from one subnet in each of its zones. */
export interface TransitAttachmentRecord {
  readonly TransitGatewayAttachmentId: string;
  readonly TransitGatewayId: string;
  readonly VpcId: string;
  readonly SubnetIds: readonly string[];
  readonly Options: TransitGatewayVpcAttachmentOptions;
  readonly createdAtMs: number;
}

export function wireVpcAttachment(
  { createdAtMs, SubnetIds, ...shown }: TransitAttachmentRecord,
  { account }: Place,
): TransitGatewayVpcAttachment {
  return {
    ...shown,
    SubnetIds: [...SubnetIds],
    VpcOwnerId: account,
    State: 'available',
    CreationTime: new Date(createdAtMs),
  };
}

/** The same attachment as all kinds of them are shown, with the table it is associated with. */
export function wireAttachment(
  attachment: TransitAttachmentRecord,
  tables: readonly TransitTableRecord[],
  { account }: Place,
): TransitGatewayAttachment {
  const { TransitGatewayAttachmentId: id, TransitGatewayId, createdAtMs } = attachment;
  const table = tables.find(({ associations }) => associations.includes(id));
  const TransitGatewayRouteTableId = table?.TransitGatewayRouteTableId;
  return {
    ...{ TransitGatewayAttachmentId: id, TransitGatewayId },
    TransitGatewayOwnerId: account,
    ResourceOwnerId: account,
    ...resourceOf(attachment),
    State: 'available',
    ...(table && { Association: { TransitGatewayRouteTableId, State: 'associated' as const } }),
    CreationTime: new Date(createdAtMs),
  };
}

/** What is attached, as associations, propagations and routes name it. */
export function resourceOf({ TransitGatewayAttachmentId, VpcId }: TransitAttachmentRecord) {
  return { TransitGatewayAttachmentId, ResourceId: VpcId, ResourceType: 'vpc' as const };
}

/** @throws InvalidSubnetID.NotFound, InvalidParameterValue, DuplicateSubnetsInSameZone */
export async function checkSubnets(
  draft: NetworkDraft,
  vpcId: string,
  subnetIds: readonly string[],
): Promise<readonly string[]> {
  const zones = new Set<string>();
  for (const id of subnetIds) {
    const { VpcId, AvailabilityZone = '' } = await draft.take('subnet', id);
    if (VpcId !== vpcId) throw networkErrors.belongApart(id, vpcId);
    if (zones.has(AvailabilityZone)) throw transitErrors.subnetsInSameZone(AvailabilityZone);
    zones.add(AvailabilityZone);
  }
  return subnetIds;
}
