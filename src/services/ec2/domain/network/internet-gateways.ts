import type { EgressOnlyInternetGateway, InternetGateway } from '@aws-sdk/client-ec2';
import type { NetworkDraft } from './network-draft.ts';

export function isAttachedTo(
  { Attachments }: InternetGateway | EgressOnlyInternetGateway,
  vpcId: string,
): boolean {
  return Attachments?.some((attachment) => attachment.VpcId === vpcId) ?? false;
}

/** Whether a VPC has a way to the internet. */
export async function hasInternetGateway(draft: NetworkDraft, vpcId: string): Promise<boolean> {
  const gateways = await draft.list('internet-gateway');
  return gateways.some((gateway) => isAttachedTo(gateway, vpcId));
}
