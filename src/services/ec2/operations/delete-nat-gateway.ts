import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { clear } from '../../../storage/records.ts';
import { isVisible } from '../domain/nat-gateways/nat-gateways.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Gives its address and its elastic IP back; the gateway itself is seen as deleted for an hour. */
export const deleteNatGateway = operation(model.DeleteNatGateway, {
  recorded: isOnlyRecorded,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource('DeleteNatGateway', kinds.natGateway, input.NatGatewayId, caller),
  async handle(input, { caller, clock, instances: { addresses }, networks }) {
    if (!input.NatGatewayId) throw errors.missingParameter('natGatewayId');
    const { NatGatewayId } = input;
    await networks.change(caller, async (draft) => {
      const now = clock.now();
      const gateway = await draft.find('natgateway', NatGatewayId);
      if (gateway.State === 'available') {
        for (const { PrivateIp = '' } of gateway.NatGatewayAddresses ?? []) {
          draft.write(clear(addresses.privateAt(gateway.SubnetId ?? '', PrivateIp)));
        }
        draft.put('natgateway', { ...gateway, State: 'deleted', deletedAtMs: now });
      }
      for (const old of await draft.list('natgateway')) {
        if (!isVisible(old, now)) draft.remove('natgateway', old.NatGatewayId ?? '');
      }
    });
    return { NatGatewayId };
  },
});
