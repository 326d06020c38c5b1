import { isOpen, isPeerOf } from '../peering/peering.ts';
import { isVpnAttachedTo } from '../vpn/vpn.ts';
import { isAttachedTo } from './internet-gateways.ts';
import type { NetworkDraft } from './network-draft.ts';

/**
 * Whether anything is left in a VPC that its owner has to delete first: all but what was made with it.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteVpc.html
 */
export async function hasVpcDependencies(
  draft: NetworkDraft,
  vpcId: string,
  now: number,
): Promise<boolean> {
  const groups = await draft.inVpc('security-group', vpcId);
  const tables = await draft.inVpc('route-table', vpcId);
  const acls = await draft.inVpc('network-acl', vpcId);
  const gateways = [
    ...(await draft.list('internet-gateway')),
    ...(await draft.list('egress-only-internet-gateway')),
  ];
  const peerings = await draft.list('vpc-peering-connection');
  return (
    (await draft.inVpc('subnet', vpcId)).length > 0 ||
    (await draft.list('vpn-gateway')).some((gateway) => isVpnAttachedTo(gateway, vpcId)) ||
    (await draft.inVpc('vpc-endpoint', vpcId)).length > 0 ||
    groups.some((group) => group.GroupName !== 'default') ||
    tables.some((table) => !table.Associations?.some((association) => association.Main)) ||
    acls.some((acl) => !acl.IsDefault) ||
    gateways.some((gateway) => isAttachedTo(gateway, vpcId)) ||
    peerings.some((peering) => isPeerOf(peering, vpcId) && isOpen(peering, now))
  );
}
