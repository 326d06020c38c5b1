import type { NetworkAclEntry, Subnet } from '@aws-sdk/client-ec2';
import type { AclEntryPlan } from '../../../../compute/network/vpc-plan.ts';
import { protocolNumber } from './protocols.ts';
import type { Snapshot } from './snapshot.ts';

/** The entries of a subnet's ACL as they are tried: by number. */
export function aclEntries({ SubnetId }: Subnet, { acls }: Snapshot): AclEntryPlan[] {
  const acl = acls.find(({ Associations }) =>
    Associations?.some((each) => each.SubnetId === SubnetId),
  );
  const number = ({ RuleNumber = 0 }: NetworkAclEntry) => RuleNumber;
  return (acl?.Entries ?? [])
    .toSorted((one, other) => number(one) - number(other))
    .flatMap(entryPlan);
}

function entryPlan(entry: NetworkAclEntry): AclEntryPlan[] {
  const { Egress = false, RuleAction, PortRange, IcmpTypeCode } = entry;
  const cidr = entry.CidrBlock ?? entry.Ipv6CidrBlock;
  if (!cidr) return [];
  const protocol = protocolNumber(entry.Protocol);
  const { From, To } = PortRange ?? {};
  const { Type, Code } = IcmpTypeCode ?? {};
  return [
    {
      egress: Egress,
      allow: RuleAction === 'allow',
      cidr,
      ...(protocol !== undefined && { protocol }),
      ...(From !== undefined && To !== undefined && { ports: [From, To] }),
      ...(Type !== undefined && Code !== undefined && { icmp: { type: Type, code: Code } }),
    },
  ];
}
