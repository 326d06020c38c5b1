import type { VpnConnection } from '@aws-sdk/client-ec2';
import type { Ec2Scope } from '../../scope.ts';
import type { NetworkDraft } from '../network/network-draft.ts';
import { wireTags } from '../tags.ts';
import { shownConnection } from './shown.ts';
import { liveConnection, type VpnConnectionRecord } from './vpn.ts';

/** Changes a connection, and shows it as AWS does while it is at work. */
export async function modifyConnection(
  id: string | undefined,
  scope: Pick<Ec2Scope, 'caller' | 'networks' | 'tags'>,
  change: (
    connection: VpnConnectionRecord,
    draft: NetworkDraft,
  ) => VpnConnectionRecord | Promise<VpnConnectionRecord>,
): Promise<VpnConnection> {
  const { caller, networks, tags } = scope;
  const after = await networks.change(caller, async (draft) => {
    const changed = await change(await liveConnection(draft, id), draft);
    draft.put('vpn-connection', changed);
    return changed;
  });
  const shown = await shownConnection(after, scope);
  const own = wireTags(await tags.get(caller, after.VpnConnectionId));
  // What AWS says, whatever its model lists.
  return { ...shown, State: 'modifying' as 'pending', Tags: own };
}
