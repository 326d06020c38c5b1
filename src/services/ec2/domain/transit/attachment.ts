import type {
  TransitGatewayAttachment,
  TransitGatewayVpcAttachment,
  TransitGatewayVpcAttachmentOptions,
} from '@aws-sdk/client-ec2';
import * as networkErrors from '../../network-errors.ts';
import * as transitErrors from '../../transit-errors.ts';
import type { Ec2Scope } from '../../scope.ts';
import { isVisible } from '../nat-gateways/nat-gateways.ts';
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

export interface DeletedAttachmentRecord extends TransitAttachmentRecord {
  readonly deletedAtMs: number;
}

/** Attachments that are there, and those that were deleted not long ago, which clients wait to see. */
export async function shownAttachments({
  caller,
  clock,
  networks,
}: Pick<Ec2Scope, 'caller' | 'clock' | 'networks'>): Promise<
  (TransitAttachmentRecord | DeletedAttachmentRecord)[]
> {
  const deleted = await networks.list('deleted-transit-gateway-attachment', caller);
  const visible = deleted.filter((each) => isVisible(each, clock.now()));
  return [...(await networks.list('transit-gateway-attachment', caller)), ...visible];
}

export function wireVpcAttachment(
  attachment: TransitAttachmentRecord | DeletedAttachmentRecord,
  { account }: Place,
): TransitGatewayVpcAttachment {
  const { TransitGatewayAttachmentId, TransitGatewayId, VpcId, SubnetIds, Options } = attachment;
  return {
    ...{ TransitGatewayAttachmentId, TransitGatewayId, VpcId, Options },
    SubnetIds: [...SubnetIds],
    VpcOwnerId: account,
    State: stateOf(attachment),
    CreationTime: new Date(attachment.createdAtMs),
  };
}

function stateOf(attachment: TransitAttachmentRecord | DeletedAttachmentRecord) {
  return 'deletedAtMs' in attachment ? ('deleted' as const) : ('available' as const);
}

/** The same attachment as all kinds of them are shown, with the table it is associated with. */
export function wireAttachment(
  attachment: TransitAttachmentRecord | DeletedAttachmentRecord,
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
    State: stateOf(attachment),
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
