import { resourceType } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import { createOnce } from './creation.ts';
import { unless } from './refusals.ts';
import { shownTags, updateTags } from './tags.ts';

const NOT_FOUND = 'InvalidCustomerGatewayID.NotFound';

export const customerGateway = resourceType('AWS::EC2::CustomerGateway', {
  properties: ['BgpAsn', 'BgpAsnExtended', 'DeviceName', 'IpAddress', 'Tags', 'Type'],

  create: (desired, context) =>
    createOnce('customer-gateway', desired.Tags, context, async (TagSpecifications) => {
      const { BgpAsn, BgpAsnExtended, DeviceName, IpAddress } = desired;
      const { CustomerGateway } = await context.invoke(model.CreateCustomerGateway, {
        ...{ BgpAsn, BgpAsnExtended, DeviceName, IpAddress, TagSpecifications },
        Type: desired.Type as 'ipsec.1',
      });
      return CustomerGateway!.CustomerGatewayId!;
    }),

  async read(id, { invoke }) {
    const answer = invoke(model.DescribeCustomerGateways, { CustomerGatewayIds: [id] });
    const found = (await unless(NOT_FOUND, answer))?.CustomerGateways?.[0];
    if (!found) return undefined;
    const Tags = shownTags(found.Tags);
    return {
      CustomerGatewayId: id,
      IpAddress: found.IpAddress!,
      Type: found.Type!,
      ...(found.BgpAsn && { BgpAsn: Number(found.BgpAsn) }),
      ...(found.BgpAsnExtended && { BgpAsnExtended: Number(found.BgpAsnExtended) }),
      ...(found.DeviceName && { DeviceName: found.DeviceName }),
      ...(Tags && { Tags }),
    };
  },

  update: (id, desired, _, context) => updateTags(id, desired.Tags, context),

  async delete(id, { invoke }) {
    await unless(NOT_FOUND, invoke(model.DeleteCustomerGateway, { CustomerGatewayId: id }));
  },

  async list({ invoke }) {
    const { CustomerGateways = [] } = await invoke(model.DescribeCustomerGateways, {});
    return CustomerGateways.map(({ CustomerGatewayId }) => CustomerGatewayId!);
  },
});
