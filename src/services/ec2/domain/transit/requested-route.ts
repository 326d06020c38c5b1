import * as errors from '../../errors.ts';
import type { NetworkDraft } from '../network/network-draft.ts';
import { checkTransitCidr } from './routes.ts';
import { namedPair, type TransitRouteRecord, type TransitTableRecord } from './table.ts';

interface Request {
  readonly DestinationCidrBlock?: string | undefined;
  readonly TransitGatewayRouteTableId?: string | undefined;
  readonly TransitGatewayAttachmentId?: string | undefined;
  readonly Blackhole?: boolean | undefined;
}

/**
 * A table and the route that a request wants in it: to an attachment, or to nowhere.
 *
 * @throws MissingParameter, InvalidParameterCombination, InvalidParameterValue, the kinds' `.NotFound`
 */
export async function requestedRoute(
  draft: NetworkDraft,
  input: Request,
): Promise<{ table: TransitTableRecord; route: TransitRouteRecord }> {
  const cidr = checkTransitCidr(input.DestinationCidrBlock);
  const { TransitGatewayAttachmentId: attachmentId, Blackhole = false } = input;
  if (attachmentId && Blackhole) {
    throw errors.combination('Blackhole and TransitGatewayAttachmentId may not be given together');
  }
  if (Blackhole) {
    const { TransitGatewayRouteTableId: id } = input;
    if (!id) throw errors.missingParameter('TransitGatewayRouteTableId');
    return { table: await draft.find('transit-gateway-route-table', id), route: { cidr } };
  }
  const { table, attachment } = await namedPair(draft, input);
  return { table, route: { cidr, attachmentId: attachment.TransitGatewayAttachmentId } };
}
