import type { SecurityGroupRule } from '@aws-sdk/client-ec2';
import { addressesOf, cards, type Card } from './card.ts';
import { component, groupRule, PROTOCOLS, type Protocol } from './component.ts';
import type { Hop } from './hop.ts';
import { matching, type Condition, type Leg } from './leg.ts';
import { blocksOfList, type Network } from './network.ts';
import { joined, type Packets } from './packets.ts';
import { ofBlocks, union, type Ranges } from './ranges.ts';

/** The security groups of an interface, which let past what any rule of any of them does. */
export function groupsHop(
  card: Card,
  egress: boolean,
  leg: Leg,
  protocol: Protocol,
  network: Network,
): Hop {
  const rules = network.rules.filter(
    ({ GroupId = '', IsEgress, IpProtocol = '' }) =>
      card.groups.includes(GroupId) &&
      IsEgress === egress &&
      ['-1', protocol, PROTOCOLS[protocol]].includes(IpProtocol),
  );
  const permitted = (packets: Packets, rule: SecurityGroupRule) =>
    matching(packets, leg, conditionOf(rule, network));
  const named = (id: string) => component(id, network.place);
  return {
    pass: (packets) => joined(rules.map((rule) => permitted(packets, rule))),
    refusal: () => [
      {
        ExplanationCode: 'ENI_SG_RULES_MISMATCH',
        Direction: egress ? 'egress' : 'ingress',
        NetworkInterface: named(card.id),
        SecurityGroups: card.groups.map(named),
        Vpc: named(card.vpc),
      },
    ],
    show(packets) {
      const rule = rules.find((each) => permitted(packets, each).length > 0);
      return {
        Component: named(rule?.GroupId ?? card.groups[0] ?? ''),
        ...(rule && { SecurityGroupRule: groupRule(rule) }),
      };
    },
  };
}

/** Groups let answers past to what they had let past: they show themselves without a rule. */
export function groupsOfAnswers(card: Card, { place }: Network): Hop {
  return {
    pass: (packets) => packets,
    refusal: () => [],
    show: () => ({ Component: component(card.groups[0] ?? '', place) }),
  };
}

function conditionOf(rule: SecurityGroupRule, network: Network): Condition {
  const { IsEgress, FromPort = -1, ToPort = -1 } = rule;
  const peers = peersOf(rule, network);
  return {
    ...(IsEgress ? { to: peers } : { from: peers }),
    ...(FromPort >= 0 && { port: [[FromPort, ToPort]] as const }),
  };
}

function peersOf(rule: SecurityGroupRule, network: Network): Ranges {
  if (rule.CidrIpv4) return ofBlocks([rule.CidrIpv4]);
  if (rule.PrefixListId) return ofBlocks(blocksOfList(rule.PrefixListId, network));
  const group = rule.ReferencedGroupInfo?.GroupId ?? '';
  const members = cards(network).filter(({ groups }) => groups.includes(group));
  return union(members.map(addressesOf));
}
