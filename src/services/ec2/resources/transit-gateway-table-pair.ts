import {
  resourceType,
  type ResourceContext,
  type ResourceType,
} from '../../../kernel/resource-type.ts';
import type { ResourceModels } from '../../../models/generated/resource-types.ts';
import { isRefusal, unless } from './refusals.ts';
import { pairOf, pairs } from './transit-gateway-tables.ts';

type Pair = ResourceModels['AWS::EC2::TransitGatewayRouteTableAssociation'];

/** How a table and an attachment are tied, untied and seen to be tied, and what EC2 says of it. */
interface Tie {
  readonly tie: (pair: Pair, context: ResourceContext) => Promise<unknown>;
  /** The code where they are tied already. */
  readonly tied: string;
  readonly untie: (pair: Pair, context: ResourceContext) => Promise<unknown>;
  /** The code where they are not. */
  readonly untied: string;
  readonly attachmentsOf: (
    tableId: string,
    context: ResourceContext,
  ) => Promise<readonly (string | undefined)[]>;
}

const NO_TABLE = 'InvalidRouteTableID.NotFound';

/** A type whose resources are ties between tables and attachments of a transit gateway. */
export function tableAndAttachment(
  name:
    | 'AWS::EC2::TransitGatewayRouteTableAssociation'
    | 'AWS::EC2::TransitGatewayRouteTablePropagation',
  { tie, tied, untie, untied, attachmentsOf }: Tie,
): ResourceType<Pair> {
  return resourceType(name, {
    properties: ['TransitGatewayAttachmentId', 'TransitGatewayRouteTableId'],

    async create(pair, context) {
      const { TransitGatewayAttachmentId, TransitGatewayRouteTableId } = pair;
      try {
        await tie(pair, context);
      } catch (error) {
        // An earlier attempt may have come as far as this.
        const isTied = isRefusal(error, tied);
        const attached = isTied ? await attachmentsOf(TransitGatewayRouteTableId, context) : [];
        if (!attached.includes(TransitGatewayAttachmentId)) throw error;
      }
      return `${TransitGatewayRouteTableId}|${TransitGatewayAttachmentId}`;
    },

    async read(identifier, context) {
      const [TransitGatewayRouteTableId, TransitGatewayAttachmentId] = pairOf(identifier);
      const attached = await unless(NO_TABLE, attachmentsOf(TransitGatewayRouteTableId, context));
      if (!attached?.includes(TransitGatewayAttachmentId)) return undefined;
      return { TransitGatewayRouteTableId, TransitGatewayAttachmentId };
    },

    async delete(identifier, context) {
      const [TransitGatewayRouteTableId, TransitGatewayAttachmentId] = pairOf(identifier);
      const pair = { TransitGatewayRouteTableId, TransitGatewayAttachmentId };
      const ofTable = unless(NO_TABLE, unless(untied, untie(pair, context)));
      await unless('InvalidTransitGatewayAttachmentID.NotFound', ofTable);
    },

    list: (context) => pairs(context, (table) => attachmentsOf(table, context)),
  });
}
