import { resourceType, type ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import * as errors from '../errors.ts';
import { isRefusal, unless } from './refusals.ts';

/** What a VPC has one of at most, each of its kind. The identifier begins with the kind. */
const KINDS = {
  IGW: {
    property: 'InternetGatewayId',
    attach: (InternetGatewayId: string, VpcId: string, { invoke }: ResourceContext) =>
      invoke(model.AttachInternetGateway, { InternetGatewayId, VpcId }),
    async detach(InternetGatewayId: string, VpcId: string, { invoke }: ResourceContext) {
      const answer = invoke(model.DetachInternetGateway, { InternetGatewayId, VpcId });
      await unless('Gateway.NotAttached', answer);
    },
    async attached({ invoke }: ResourceContext): Promise<Attached[]> {
      const { InternetGateways = [] } = await invoke(model.DescribeInternetGateways, {});
      return InternetGateways.flatMap(({ InternetGatewayId: id, Attachments = [] }) =>
        Attachments.map(({ VpcId }) => ({ id: id!, vpcId: VpcId! })),
      );
    },
  },
  VGW: {
    property: 'VpnGatewayId',
    attach: (VpnGatewayId: string, VpcId: string, { invoke }: ResourceContext) =>
      invoke(model.AttachVpnGateway, { VpnGatewayId, VpcId }),
    async detach(VpnGatewayId: string, VpcId: string, { invoke }: ResourceContext) {
      const answer = invoke(model.DetachVpnGateway, { VpnGatewayId, VpcId });
      await unless('InvalidVpnGatewayAttachment.NotFound', answer);
    },
    async attached({ invoke }: ResourceContext): Promise<Attached[]> {
      const { VpnGateways = [] } = await invoke(model.DescribeVpnGateways, {});
      return VpnGateways.flatMap(({ VpnGatewayId: id, VpcAttachments = [] }) =>
        VpcAttachments.filter(({ State }) => State === 'attached').map(({ VpcId }) => ({
          ...{ id: id!, vpcId: VpcId! },
        })),
      );
    },
  },
} as const;
type Kind = keyof typeof KINDS;

interface Attached {
  readonly id: string;
  readonly vpcId: string;
}

export const vpcGatewayAttachment = resourceType('AWS::EC2::VPCGatewayAttachment', {
  properties: ['InternetGatewayId', 'VpcId', 'VpnGatewayId'],

  async create(desired, context) {
    const { kind, id } = wanted(desired);
    await attach(kind, id, desired.VpcId, context);
    return `${kind}|${desired.VpcId}`;
  },

  async read(identifier, context) {
    const { kind, VpcId } = partsOf(identifier);
    const id = await gatewayOf(kind, VpcId, context);
    if (id === undefined) return undefined;
    return { AttachmentType: kind, VpcId, [KINDS[kind].property]: id };
  },

  async update(identifier, desired, _, context) {
    const { kind, VpcId } = partsOf(identifier);
    const asked = wanted(desired);
    if (asked.kind !== kind) throw errors.missingParameter(KINDS[kind].property);
    const standing = await gatewayOf(kind, VpcId, context);
    if (standing === asked.id) return;
    if (standing) await KINDS[kind].detach(standing, VpcId, context);
    await attach(kind, asked.id, VpcId, context);
  },

  async delete(identifier, context) {
    const { kind, VpcId } = partsOf(identifier);
    const standing = await gatewayOf(kind, VpcId, context);
    if (standing) await KINDS[kind].detach(standing, VpcId, context);
  },

  async list(context) {
    const kinds = Object.keys(KINDS) as Kind[];
    const all = kinds.map(async (kind) =>
      (await KINDS[kind].attached(context)).map(({ vpcId }) => `${kind}|${vpcId}`),
    );
    return (await Promise.all(all)).flat();
  },
});

function partsOf(identifier: string): { kind: Kind; VpcId: string } {
  const [kind = '', VpcId = ''] = identifier.split('|');
  return { kind: kind as Kind, VpcId };
}

/** @throws MissingParameter, InvalidParameterCombination unless exactly one gateway is named */
function wanted({
  InternetGatewayId,
  VpnGatewayId,
}: {
  readonly InternetGatewayId?: string;
  readonly VpnGatewayId?: string;
}): { kind: Kind; id: string } {
  if (InternetGatewayId && VpnGatewayId) {
    throw errors.combination('InternetGatewayId and VpnGatewayId exclude one another');
  }
  if (InternetGatewayId) return { kind: 'IGW', id: InternetGatewayId };
  if (VpnGatewayId) return { kind: 'VGW', id: VpnGatewayId };
  throw errors.missingParameter('InternetGatewayId');
}

async function attach(kind: Kind, id: string, VpcId: string, context: ResourceContext) {
  try {
    await KINDS[kind].attach(id, VpcId, context);
  } catch (error) {
    // An earlier attempt may have come as far as this.
    const isDone =
      isRefusal(error, 'Resource.AlreadyAssociated') &&
      (await gatewayOf(kind, VpcId, context)) === id;
    if (!isDone) throw error;
  }
}

async function gatewayOf(
  kind: Kind,
  vpcId: string,
  context: ResourceContext,
): Promise<string | undefined> {
  const attached = await KINDS[kind].attached(context);
  return attached.find((each) => each.vpcId === vpcId)?.id;
}
