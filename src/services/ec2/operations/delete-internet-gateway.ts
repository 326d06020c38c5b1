import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import * as networkErrors from '../network-errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Refused while a VPC has it. */
export const deleteInternetGateway = operation(model.DeleteInternetGateway, {
  recorded: isOnlyRecorded,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource('DeleteInternetGateway', kinds.internetGateway, input.InternetGatewayId, caller),
  async handle(input, { caller, networks }) {
    if (!input.InternetGatewayId) throw errors.missingParameter('internetGatewayId');
    const { InternetGatewayId } = input;
    await networks.change(caller, async (draft) => {
      const { Attachments } = await draft.find('internet-gateway', InternetGatewayId);
      if (Attachments?.length) {
        throw networkErrors.hasDependencies('internetGateway', InternetGatewayId);
      }
      draft.remove('internet-gateway', InternetGatewayId);
    });
    return {};
  },
});
