import type { Explanation, NetworkAclEntry } from '@aws-sdk/client-ec2';
import { aclRule, component, PROTOCOLS, type Protocol } from './component.ts';
import type { Hop } from './hop.ts';
import { matching, others, type Condition, type Leg } from './leg.ts';
import { aclOfSubnet, type Network } from './network.ts';
import { joined, type Packets } from './packets.ts';
import { ofBlocks } from './ranges.ts';

/** Packets, and the entry that decides about them. */
interface Decision {
  readonly entry: NetworkAclEntry;
  readonly packets: Packets;
}

/** The ACL of a subnet, where packets leave it or come into it: the first entry that fits decides. */
export function aclHop(
  subnet: string,
  egress: boolean,
  leg: Leg,
  protocol: Protocol,
  network: Network,
): Hop {
  const acl = aclOfSubnet(subnet, network);
  const entries = (acl.Entries ?? [])
    .filter(
      (entry) =>
        entry.Egress === egress &&
        entry.CidrBlock !== undefined &&
        ['-1', PROTOCOLS[protocol]].includes(entry.Protocol ?? ''),
    )
    .toSorted((one, other) => (one.RuleNumber ?? 0) - (other.RuleNumber ?? 0));
  const named = (id = '') => component(id, network.place);
  const allowed = (packets: Packets) =>
    decide(packets, entries, leg).filter(({ entry }) => entry.RuleAction === 'allow');
  return {
    pass: (packets) => joined(allowed(packets).map((each) => each.packets)),
    refusal(packets): Explanation[] {
      const [first] = decide(packets, entries, leg);
      return [
        {
          ExplanationCode: 'SUBNET_ACL_RESTRICTION',
          Direction: egress ? 'egress' : 'ingress',
          Acl: named(acl.NetworkAclId),
          ...(first && { AclRule: aclRule(first.entry) }),
          Subnet: named(subnet),
          Vpc: named(acl.VpcId),
        },
      ];
    },
    show(packets) {
      const [first] = allowed(packets);
      return {
        Component: named(acl.NetworkAclId),
        ...(first && { AclRule: aclRule(first.entry) }),
      };
    },
  };
}

function decide(packets: Packets, entries: readonly NetworkAclEntry[], leg: Leg): Decision[] {
  const decisions: Decision[] = [];
  let rest = packets;
  for (const entry of entries) {
    const condition = conditionOf(entry);
    const fitting = matching(rest, leg, condition);
    if (fitting.length > 0) decisions.push({ entry, packets: fitting });
    rest = others(rest, leg, condition);
  }
  return decisions;
}

function conditionOf({ CidrBlock = '', Egress, PortRange }: NetworkAclEntry): Condition {
  const peers = ofBlocks([CidrBlock]);
  const { From, To } = PortRange ?? {};
  return {
    ...(Egress ? { to: peers } : { from: peers }),
    ...(From !== undefined && To !== undefined && { port: [[From, To]] as const }),
  };
}
