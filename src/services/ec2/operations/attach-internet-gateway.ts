import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { isAttachedTo } from '../domain/network/internet-gateways.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import * as networkErrors from '../network-errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Gives a VPC its internet gateway, of which it has one at most. */
export const attachInternetGateway = operation(model.AttachInternetGateway, {
  recorded: isOnlyRecorded,
  authorize: (input, { caller }: Ec2Scope) => [
    onResource('AttachInternetGateway', kinds.internetGateway, input.InternetGatewayId, caller),
    onResource('AttachInternetGateway', kinds.vpc, input.VpcId, caller),
  ],
  async handle(input, { caller, networks }) {
    if (!input.InternetGatewayId) throw errors.missingParameter('internetGatewayId');
    if (!input.VpcId) throw errors.missingParameter('vpcId');
    const { InternetGatewayId, VpcId } = input;
    await networks.change(caller, async (draft) => {
      const gateway = await draft.find('internet-gateway', InternetGatewayId);
      await draft.find('vpc', VpcId);
      const [attachment] = gateway.Attachments ?? [];
      if (attachment) {
        throw networkErrors.gatewayIsAttached(InternetGatewayId, attachment.VpcId ?? '');
      }
      const others = await draft.list('internet-gateway');
      if (others.some((other) => isAttachedTo(other, VpcId))) {
        throw networkErrors.vpcHasGateway(VpcId);
      }
      // AWS says `available` here, which the SDK's types do not know.
      const State = 'available' as 'attached';
      draft.put('internet-gateway', { ...gateway, Attachments: [{ State, VpcId }] });
    });
    return {};
  },
});
