import type { CreateCustomerGatewayRequest } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { toNumber } from '../domain/network/addresses.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { tagsOfNew, wireTags } from '../domain/tags.ts';
import { checkVpnType } from '../domain/vpn/vpn.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

const DEFAULT_ASN = 65_000;

/** The other end of a VPN; the same end again is the same gateway. */
export const createCustomerGateway = operation(model.CreateCustomerGateway, {
  recorded: true,
  authorize: (_, { caller }: Ec2Scope) =>
    onResource('CreateCustomerGateway', kinds.customerGateway, undefined, caller),
  async handle(input, { caller, ids, networks }) {
    const wanted = {
      State: 'available',
      Type: checkVpnType(input.Type),
      IpAddress: checkAddress(input.IpAddress ?? input.PublicIp),
      ...checkAsn(input),
      ...(input.DeviceName && { DeviceName: input.DeviceName }),
      ...(input.CertificateArn && { CertificateArn: input.CertificateArn }),
    };
    const tags = tagsOfNew(caller, kinds.customerGateway, input.TagSpecifications);
    const CustomerGateway = await networks.change(caller, async (draft) => {
      const same = (await draft.list('customer-gateway')).find((each) =>
        (['IpAddress', 'BgpAsn', 'BgpAsnExtended', 'DeviceName', 'CertificateArn'] as const).every(
          (name) => each[name] === (wanted as typeof each)[name],
        ),
      );
      if (same) return same;
      const made = { CustomerGatewayId: ids.resource('cgw'), ...wanted };
      return draft.create('customer-gateway', made, tags);
    });
    return { CustomerGateway: { ...CustomerGateway, Tags: wireTags(tags) } };
  },
});

function checkAddress(address: string | undefined): string {
  if (!address) throw errors.missingParameter('ipAddress');
  if (toNumber(address) === undefined) {
    throw errors.invalidValue(address, 'ipAddress', 'Invalid IPv4 address.');
  }
  return address;
}

function checkAsn({ BgpAsn, BgpAsnExtended }: CreateCustomerGatewayRequest) {
  if (BgpAsn !== undefined && BgpAsnExtended !== undefined) {
    throw errors.combination('bgpAsn and bgpAsnExtended may not be given together');
  }
  const asn = BgpAsnExtended ?? BgpAsn ?? DEFAULT_ASN;
  if (asn < 1 || asn > 4_294_967_294) {
    throw errors.invalidValue(asn, 'bgpAsn', 'It must be between 1 and 4294967294.');
  }
  // Numbers of more than 31 bits do not fit the member that has always been there.
  return asn > 2_147_483_647 ? { BgpAsnExtended: String(asn) } : { BgpAsn: String(asn) };
}
