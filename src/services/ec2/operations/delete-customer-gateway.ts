import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { liveConnections } from '../domain/vpn/vpn.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';
import * as vpnErrors from '../vpn-errors.ts';

/** Refused while a VPN connection leads to it. */
export const deleteCustomerGateway = operation(model.DeleteCustomerGateway, {
  recorded: true,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource('DeleteCustomerGateway', kinds.customerGateway, input.CustomerGatewayId, caller),
  async handle({ CustomerGatewayId: id }, { caller, networks }) {
    if (!id) throw errors.missingParameter('customerGatewayId');
    await networks.change(caller, async (draft) => {
      await draft.find('customer-gateway', id);
      const connections = await liveConnections(draft);
      if (connections.some((each) => each.CustomerGatewayId === id)) {
        throw vpnErrors.gatewayHasConnections('customer gateway', id);
      }
      draft.remove('customer-gateway', id);
    });
    return {};
  },
});
