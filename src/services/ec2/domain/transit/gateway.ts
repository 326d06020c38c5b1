import type {
  ModifyTransitGatewayOptions,
  TransitGateway,
  TransitGatewayOptions,
  TransitGatewayRequestOptions,
} from '@aws-sdk/client-ec2';
import * as networkErrors from '../../network-errors.ts';
import { cidrText, parseCidr } from '../network/cidr.ts';
import { checkAmazonAsn } from '../vpn/vpn.ts';

/** A gateway in the wire's shape, its time in milliseconds since the epoch. */
export type TransitGatewayRecord = Omit<TransitGateway, 'CreationTime' | 'Tags'> & {
  readonly TransitGatewayId: string;
  readonly Options: TransitGatewayOptions;
  readonly createdAtMs: number;
};

export function wireGateway({ createdAtMs, ...shown }: TransitGatewayRecord): TransitGateway {
  return { ...shown, CreationTime: new Date(createdAtMs) };
}

/**
 * A new gateway's options, with what AWS takes where a request says nothing.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TransitGatewayRequestOptions.html
 */
export function newOptions(asked: TransitGatewayRequestOptions = {}): TransitGatewayOptions {
  const { TransitGatewayCidrBlocks, AmazonSideAsn, ...switches } = asked;
  const blocks = changedBlocks([], [], TransitGatewayCidrBlocks);
  return {
    AmazonSideAsn: checkAmazonAsn(AmazonSideAsn),
    ...(blocks.length > 0 && { TransitGatewayCidrBlocks: blocks }),
    AutoAcceptSharedAttachments: 'disable',
    DefaultRouteTableAssociation: 'enable',
    DefaultRouteTablePropagation: 'enable',
    VpnEcmpSupport: 'enable',
    DnsSupport: 'enable',
    SecurityGroupReferencingSupport: 'disable',
    MulticastSupport: 'disable',
    ...given(switches),
  };
}

export function changedOptions(
  before: TransitGatewayOptions,
  asked: ModifyTransitGatewayOptions = {},
): TransitGatewayOptions {
  const { AddTransitGatewayCidrBlocks, RemoveTransitGatewayCidrBlocks, ...rest } = asked;
  const { AmazonSideAsn, EncryptionSupport: _, ...switches } = rest;
  const { TransitGatewayCidrBlocks = [], ...options } = before;
  const blocks = changedBlocks(
    TransitGatewayCidrBlocks,
    RemoveTransitGatewayCidrBlocks,
    AddTransitGatewayCidrBlocks,
  );
  const after = { ...options, ...given(switches) };
  if (AmazonSideAsn !== undefined) after.AmazonSideAsn = checkAmazonAsn(AmazonSideAsn);
  if (after.DefaultRouteTableAssociation === 'disable') delete after.AssociationDefaultRouteTableId;
  if (after.DefaultRouteTablePropagation === 'disable') delete after.PropagationDefaultRouteTableId;
  return { ...after, ...(blocks.length > 0 && { TransitGatewayCidrBlocks: blocks }) };
}

function changedBlocks(
  before: readonly string[],
  removed: readonly string[] = [],
  added: readonly string[] = [],
): string[] {
  const named = (cidr: string) => {
    const parsed = parseCidr(cidr, cidr.includes(':') ? 6 : 4);
    if (!parsed) throw networkErrors.invalidCidr(cidr, 'TransitGatewayCidrBlocks');
    return cidrText(parsed);
  };
  const gone = new Set(removed.map(named));
  return [...new Set([...before.filter((cidr) => !gone.has(cidr)), ...added.map(named)])];
}

function given<T extends object>(options: T): Partial<T> {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Partial<T>;
}
