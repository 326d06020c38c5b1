import type { MachineId } from '../driver.ts';

/**
 * A VPC as its packets meet it: everything of the records that decides where one goes and whether it
 * may. Routes, rules and groups have blocks of both families; all else is of IPv4 where it says nothing
 * else. A plan holds only what has to do with its machines.
 */
export interface VpcPlan {
  /** `vpc-…` */
  readonly id: string;
  readonly cidrs: readonly string[];
  /** Where machines ask for names; undefined where the VPC has DNS switched off. */
  readonly resolver?: string;
  readonly subnets: readonly SubnetPlan[];
  readonly interfaces: readonly InterfacePlan[];
  readonly groups: readonly GroupPlan[];
  readonly natGateways: readonly NatGatewayPlan[];
  readonly peerings: readonly PeeringPlan[];
  readonly endpoints: readonly EndpointPlan[];
  /** Names that the VPC knows itself, in full, without the last dot; a first label may be `*`. */
  readonly names: Readonly<Record<string, readonly string[]>>;
  /** Public addresses of AWS's services, by what their public names begin with: `streams.dynamodb`. */
  readonly services: Readonly<Record<string, string>>;
}

export interface SubnetPlan {
  readonly id: string;
  readonly cidr: string;
  readonly routes: readonly RoutePlan[];
  /** The entries of its network ACL in the order of their numbers. */
  readonly acl: readonly AclEntryPlan[];
}

export interface RoutePlan {
  readonly destination: string;
  readonly target: Target;
}

/** Where a route leads; one whose target is gone is a `blackhole`. */
export type Target =
  | { readonly kind: 'local' | 'internet' | 'egress-only' | 'endpoint' | 'blackhole' }
  /** A NAT gateway, a peering connection or an interface of the plan. */
  | { readonly kind: 'nat' | 'peering' | 'interface'; readonly id: string };

/** What packets it is about. */
export interface Traffic {
  /** IP's number of the protocol; undefined is all. */
  readonly protocol?: number;
  /** Of the destination, both inclusive. */
  readonly ports?: readonly [number, number];
  /** -1 is all. */
  readonly icmp?: { readonly type: number; readonly code: number };
}

export interface AclEntryPlan extends Traffic {
  readonly egress: boolean;
  readonly allow: boolean;
  /** Of the other side. */
  readonly cidr: string;
}

export interface InterfacePlan {
  /** `eni-…` */
  readonly id: string;
  readonly machine: MachineId;
  /** Its place there: a machine starts with the interface at 0, further ones come and go. */
  readonly index: number;
  readonly subnet: string;
  readonly macAddress: string;
  /** The primary one first. */
  readonly addresses: readonly string[];
  readonly ipv6Addresses: readonly string[];
  readonly publicAddresses: readonly PublicAddressPlan[];
  readonly groups: readonly string[];
  readonly sourceDestCheck: boolean;
  /** How many hops an answer of the metadata service gets; undefined is as many as it needs. */
  readonly metadataHops?: number;
}

export interface PublicAddressPlan {
  readonly address: string;
  /** Which of the interface's addresses it leads to. */
  readonly leadsTo: string;
}

export interface GroupPlan {
  readonly id: string;
  readonly rules: readonly GroupRulePlan[];
}

export interface GroupRulePlan extends Traffic {
  readonly egress: boolean;
  /** Whom it lets through: blocks and addresses. */
  readonly peers: readonly string[];
}

export interface NatGatewayPlan {
  readonly id: string;
  readonly publicAddress: string;
}

/** The interface of a VPC endpoint in one subnet: a service of AWS answers at its address. */
export interface EndpointPlan {
  /** `eni-…` */
  readonly id: string;
  readonly subnet: string;
  readonly address: string;
  readonly groups: readonly string[];
}

export interface PeeringPlan {
  /** `pcx-…` */
  readonly id: string;
  /** The other side's VPC. */
  readonly vpc: string;
}

/** A VPC of which nothing is known yet: nothing passes in it. */
export function emptyPlan(id: string): VpcPlan {
  const none = { cidrs: [], subnets: [], interfaces: [], groups: [], natGateways: [] };
  return { id, ...none, peerings: [], endpoints: [], names: {}, services: {} };
}
