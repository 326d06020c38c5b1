import type {
  ModifyTransitGatewayOptions,
  TransitGatewayRequestOptions,
} from '@aws-sdk/client-ec2';
import { resourceType, type ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { ResourceModels } from '../../../models/generated/resource-types.ts';
import { createOnce } from './creation.ts';
import { unless } from './refusals.ts';
import { shownTags, updateTags } from './tags.ts';

type TransitGateway = ResourceModels['AWS::EC2::TransitGateway'];

const NOT_FOUND = 'InvalidTransitGatewayID.NotFound';

/** Options that are named alike in templates and operations. */
const SWITCHES = [
  'AutoAcceptSharedAttachments',
  'DefaultRouteTableAssociation',
  'DefaultRouteTablePropagation',
  'DnsSupport',
  'SecurityGroupReferencingSupport',
  'VpnEcmpSupport',
] as const;

export const transitGateway = resourceType('AWS::EC2::TransitGateway', {
  properties: [
    'AmazonSideAsn',
    'Description',
    'MulticastSupport',
    'Tags',
    'TransitGatewayCidrBlocks',
    ...SWITCHES,
  ],

  create: (desired, context) =>
    createOnce('transit-gateway', desired.Tags, context, async (TagSpecifications) => {
      const { AmazonSideAsn, Description, MulticastSupport, TransitGatewayCidrBlocks } = desired;
      const Options = {
        ...{ AmazonSideAsn, MulticastSupport, TransitGatewayCidrBlocks, ...switchesOf(desired) },
      } as TransitGatewayRequestOptions;
      const { TransitGateway } = await context.invoke(model.CreateTransitGateway, {
        ...{ Description, Options, TagSpecifications },
      });
      return TransitGateway!.TransitGatewayId!;
    }),

  async read(id, context) {
    const found = await describe(id, context);
    if (!found) return undefined;
    const Tags = shownTags(found.Tags);
    const { MulticastSupport, ...Options } = found.Options!;
    return {
      Id: id,
      TransitGatewayArn: found.TransitGatewayArn!,
      ...(found.Description && { Description: found.Description }),
      ...(MulticastSupport && { MulticastSupport }),
      ...(Options as Partial<TransitGateway>),
      ...(Tags && { Tags }),
    };
  },

  async update(id, desired, _, context) {
    const standing = (await describe(id, context))?.Options?.TransitGatewayCidrBlocks ?? [];
    const { TransitGatewayCidrBlocks: wanted = [] } = desired;
    await context.invoke(model.ModifyTransitGateway, {
      TransitGatewayId: id,
      Description: desired.Description ?? '',
      Options: {
        ...(switchesOf(desired) as ModifyTransitGatewayOptions),
        AddTransitGatewayCidrBlocks: wanted.filter((cidr) => !standing.includes(cidr)),
        RemoveTransitGatewayCidrBlocks: standing.filter((cidr) => !wanted.includes(cidr)),
      },
    });
    await updateTags(id, desired.Tags, context);
  },

  async delete(id, { invoke }) {
    await unless(NOT_FOUND, invoke(model.DeleteTransitGateway, { TransitGatewayId: id }));
  },

  async list({ invoke }) {
    const { TransitGateways = [] } = await invoke(model.DescribeTransitGateways, {});
    return TransitGateways.map(({ TransitGatewayId }) => TransitGatewayId!);
  },
});

function switchesOf(desired: TransitGateway) {
  return Object.fromEntries(SWITCHES.map((name) => [name, desired[name]]));
}

async function describe(id: string, { invoke }: ResourceContext) {
  const answer = invoke(model.DescribeTransitGateways, { TransitGatewayIds: [id] });
  return (await unless(NOT_FOUND, answer))?.TransitGateways?.[0];
}
