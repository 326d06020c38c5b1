import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isVisible } from '../domain/nat-gateways/nat-gateways.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** The connection is seen as deleted for an hour. */
export const deleteVpnConnection = operation(model.DeleteVpnConnection, {
  recorded: true,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource('DeleteVpnConnection', kinds.vpnConnection, input.VpnConnectionId, caller),
  async handle({ VpnConnectionId: id }, { caller, clock, networks }) {
    if (!id) throw errors.missingParameter('vpnConnectionId');
    await networks.change(caller, async (draft) => {
      const now = clock.now();
      const connection = await draft.find('vpn-connection', id);
      if (connection.deletedAtMs === undefined) {
        draft.put('vpn-connection', { ...connection, State: 'deleted', deletedAtMs: now });
      }
      for (const old of await draft.list('vpn-connection')) {
        if (!isVisible(old, now)) draft.remove('vpn-connection', old.VpnConnectionId);
      }
    });
    return {};
  },
});
