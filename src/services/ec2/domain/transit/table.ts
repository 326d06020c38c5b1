import type { TransitGatewayRouteTable } from '@aws-sdk/client-ec2';
import * as errors from '../../errors.ts';
import * as transitErrors from '../../transit-errors.ts';
import type { NetworkDraft } from '../network/network-draft.ts';
import type { TransitAttachmentRecord } from './attachment.ts';
import type { TransitGatewayRecord } from './gateway.ts';

/** A route table of a transit gateway. Attachments are named by ID. */
export interface TransitTableRecord {
  readonly TransitGatewayRouteTableId: string;
  readonly TransitGatewayId: string;
  readonly createdAtMs: number;
  /** Whose packets it routes; an attachment is in one table at most. */
  readonly associations: readonly string[];
  /** Whose networks it learns. */
  readonly propagations: readonly string[];
  readonly routes: readonly TransitRouteRecord[];
}

/** A static route: to an attachment, or to nowhere. */
export interface TransitRouteRecord {
  readonly cidr: string;
  readonly attachmentId?: string;
}

export function newTable(
  TransitGatewayRouteTableId: string,
  TransitGatewayId: string,
  createdAtMs: number,
): TransitTableRecord {
  return {
    ...{ TransitGatewayRouteTableId, TransitGatewayId, createdAtMs },
    ...{ associations: [], propagations: [], routes: [] },
  };
}

export function wireTable(
  { TransitGatewayRouteTableId, TransitGatewayId, createdAtMs }: TransitTableRecord,
  gateways: readonly TransitGatewayRecord[],
): TransitGatewayRouteTable {
  const gateway = gateways.find((each) => each.TransitGatewayId === TransitGatewayId);
  const { AssociationDefaultRouteTableId, PropagationDefaultRouteTableId } = gateway?.Options ?? {};
  return {
    ...{ TransitGatewayRouteTableId, TransitGatewayId },
    State: 'available',
    DefaultAssociationRouteTable: AssociationDefaultRouteTableId === TransitGatewayRouteTableId,
    DefaultPropagationRouteTable: PropagationDefaultRouteTableId === TransitGatewayRouteTableId,
    CreationTime: new Date(createdAtMs),
  };
}

interface Pair {
  readonly TransitGatewayRouteTableId?: string | undefined;
  readonly TransitGatewayAttachmentId?: string | undefined;
}

/**
 * The table and the attachment that a request names, of one gateway.
 *
 * @throws MissingParameter, the kinds' `.NotFound`, InvalidParameterValue
 */
export async function namedPair(
  draft: NetworkDraft,
  { TransitGatewayRouteTableId: tableId, TransitGatewayAttachmentId: attachmentId }: Pair,
): Promise<{ table: TransitTableRecord; attachment: TransitAttachmentRecord }> {
  if (!tableId) throw errors.missingParameter('TransitGatewayRouteTableId');
  if (!attachmentId) throw errors.missingParameter('TransitGatewayAttachmentId');
  const table = await draft.find('transit-gateway-route-table', tableId);
  const attachment = await draft.find('transit-gateway-attachment', attachmentId);
  if (table.TransitGatewayId !== attachment.TransitGatewayId) {
    throw transitErrors.ofOtherGateway(attachmentId, tableId);
  }
  return { table, attachment };
}

/** Those of one gateway. */
export async function tablesOf(
  draft: NetworkDraft,
  gatewayId: string,
): Promise<TransitTableRecord[]> {
  const all = await draft.list('transit-gateway-route-table');
  return all.filter(({ TransitGatewayId }) => TransitGatewayId === gatewayId);
}
