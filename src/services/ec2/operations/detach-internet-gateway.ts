import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { publicAddressOf } from '../domain/instances/wire.ts';
import { isAttachedTo } from '../domain/network/internet-gateways.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import * as networkErrors from '../network-errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Refused while anything in the VPC has a public address. Routes to the gateway turn black. */
export const detachInternetGateway = operation(model.DetachInternetGateway, {
  recorded: isOnlyRecorded,
  authorize: (input, { caller }: Ec2Scope) => [
    onResource('DetachInternetGateway', kinds.internetGateway, input.InternetGatewayId, caller),
    onResource('DetachInternetGateway', kinds.vpc, input.VpcId, caller),
  ],
  async handle(input, { caller, networks, instances }) {
    if (!input.InternetGatewayId) throw errors.missingParameter('internetGatewayId');
    if (!input.VpcId) throw errors.missingParameter('vpcId');
    const { InternetGatewayId, VpcId } = input;
    await networks.change(caller, async (draft) => {
      const gateway = await draft.find('internet-gateway', InternetGatewayId);
      await draft.find('vpc', VpcId);
      if (!isAttachedTo(gateway, VpcId)) {
        throw networkErrors.gatewayNotAttached(InternetGatewayId, VpcId);
      }
      const here = (await instances.list(caller)).filter(({ network }) => network.vpcId === VpcId);
      const natGateways = await draft.inVpc('natgateway', VpcId);
      if (
        here.some((instance) => publicAddressOf(instance) !== undefined) ||
        natGateways.some((each) => each.State === 'available' && each.ConnectivityType === 'public')
      ) {
        throw networkErrors.publicAddressesMapped(VpcId);
      }
      draft.put('internet-gateway', { ...gateway, Attachments: [] });
    });
    return {};
  },
});
