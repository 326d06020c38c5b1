import type { NetworkAclEntry, Route, SecurityGroupRule } from '@aws-sdk/client-ec2';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { PROTOCOLS } from './component.ts';
import type { Network } from './network.ts';
import { verdict, type Verdict } from './verdict.ts';

/** A VPC with two subnets and one machine in each, whose rules are random. */
interface Rules {
  readonly rules: readonly SecurityGroupRule[];
  readonly entries: readonly NetworkAclEntry[];
  readonly routes: readonly Route[];
}

const id = (prefix: string, of: string) => `${prefix}-${of.repeat(8)}`;
const HERE = { address: '10.0.1.10', group: id('sg', 'a'), card: id('eni', 'a') };
const THERE = { address: '10.1.2.20', group: id('sg', 'b'), card: id('eni', 'b') };
const [HOME, AWAY, PEERING] = [id('vpc', 'a'), id('vpc', 'b'), id('pcx', 'a')];
const BLOCKS = { [HOME]: '10.0.0.0/16', [AWAY]: '10.1.0.0/16' };
const question = { from: id('i', 'a'), to: id('i', 'b'), protocol: 'tcp', port: 443 } as const;

function networkOf({ rules, entries, routes }: Rules): Network {
  const side = (of: string, VpcId: string, { address, group, card }: typeof HERE) => ({
    interfaces: {
      ...{ NetworkInterfaceId: card, VpcId, SubnetId: id('subnet', of), Status: 'in-use' },
      ...{ PrivateIpAddress: address, SourceDestCheck: true, Groups: [{ GroupId: group }] },
      Attachment: { InstanceId: id('i', of) },
    } as Network['interfaces'][number],
    vpcs: { VpcId, CidrBlockAssociationSet: [{ CidrBlock: BLOCKS[VpcId] }] },
    subnets: { SubnetId: id('subnet', of), VpcId, CidrBlock: address.replace(/\d+$/, '0/24') },
    routeTables: {
      ...{ RouteTableId: id('rtb', of), VpcId, Associations: [{ Main: true }] },
      Routes: [
        { DestinationCidrBlock: BLOCKS[VpcId], GatewayId: 'local', State: 'active' as const },
        ...routes,
      ],
    },
    acls: {
      ...{ NetworkAclId: id('acl', of), VpcId, Entries: [...entries] },
      Associations: [{ SubnetId: id('subnet', of) }],
    },
    instances: { id: id('i', of), state: 'running' as const },
  });
  const sides = [side('a', HOME, HERE), side('b', AWAY, THERE)];
  const all = <Part extends keyof (typeof sides)[number]>(part: Part) =>
    sides.map((each) => each[part]);
  return {
    place: { account: '000000000000', region: 'us-east-1' },
    ...{ instances: all('instances'), interfaces: all('interfaces'), vpcs: all('vpcs') },
    ...{ subnets: all('subnets'), routeTables: all('routeTables'), acls: all('acls') },
    ...{ internetGateways: [], natGateways: [], prefixLists: [], rules },
    peerings: [
      {
        ...{ VpcPeeringConnectionId: PEERING, code: 'active', expiresAtMs: 0 },
        ...{ RequesterVpcInfo: { VpcId: HOME }, AccepterVpcInfo: { VpcId: AWAY } },
      },
    ],
  };
}

const ports = fc.constantFrom<[number, number]>([443, 443], [0, 1023], [1024, 65_535], [0, 65_535]);
const peer = fc.constantFrom(
  '0.0.0.0/0',
  '10.0.0.0/16',
  '10.1.0.0/16',
  '10.0.1.10/32',
  '10.1.2.20/32',
);

const rule: fc.Arbitrary<SecurityGroupRule> = fc
  .record({
    GroupId: fc.constantFrom(HERE.group, THERE.group),
    IsEgress: fc.boolean(),
    IpProtocol: fc.constantFrom('tcp', 'tcp', 'udp', '-1'),
    ports,
    by: fc.oneof(
      peer.map((CidrIpv4) => ({ CidrIpv4 })),
      fc
        .constantFrom(HERE.group, THERE.group)
        .map((GroupId) => ({ ReferencedGroupInfo: { GroupId } })),
    ),
  })
  .map(({ ports: [FromPort, ToPort], by, ...rest }) => ({ ...rest, FromPort, ToPort, ...by }));

const entry: fc.Arbitrary<NetworkAclEntry> = fc
  .record({
    RuleNumber: fc.integer({ min: 1, max: 50 }),
    Egress: fc.boolean(),
    RuleAction: fc.constantFrom('allow', 'allow', 'deny'),
    Protocol: fc.constantFrom('6', '6', '17', '-1'),
    CidrBlock: peer,
    ports,
  })
  .map(({ ports: [From, To], ...rest }) => ({ ...rest, PortRange: { From, To } }));

const TO_PEER: Route = {
  ...{ DestinationCidrBlock: '10.0.0.0/8', State: 'active' },
  VpcPeeringConnectionId: PEERING,
};

const rules: fc.Arbitrary<Rules> = fc.record({
  rules: fc.array(rule, { maxLength: 8 }),
  entries: fc.uniqueArray(entry, {
    selector: ({ RuleNumber, Egress }) => `${RuleNumber} ${Egress}`,
    maxLength: 8,
  }),
  routes: fc.constantFrom<Route[]>([TO_PEER], [TO_PEER], [], [{ ...TO_PEER, State: 'blackhole' }]),
});

const decide = (given: Rules) => verdict(networkOf(given), question);
const HOLDS = { seed: 20_261_124, numRuns: 60 };

it('finds a way by a further rule of a group wherever there was one', () => {
  const more = fc.property(rules, rule, (given, further) => {
    const open = mended(given);
    expect(decide({ ...open, rules: [...open.rules, further] }).found).toBe(true);
    expect(decide({ ...open, routes: [] }).found).toBe(false);
  });
  fc.assert(more, HOLDS);
});

it('lets the first entry that fits decide, whatever comes behind it', () => {
  const Everything = { Protocol: '-1', CidrBlock: '0.0.0.0/0' };
  const every = (RuleNumber: number, RuleAction: 'allow' | 'deny'): NetworkAclEntry[] =>
    [true, false].map((Egress) => ({ ...Everything, RuleNumber, RuleAction, Egress }));
  const open = { ...mended({ rules: [], entries: [], routes: [TO_PEER] }), entries: [] };
  const order = fc.property(fc.array(entry, { maxLength: 6 }), (behind) => {
    const last = behind.map((each) => ({ ...each, RuleNumber: 100 + each.RuleNumber! }));
    expect(decide({ ...open, entries: [...last, ...every(60, 'allow')] }).found).toBe(true);
    expect(decide({ ...open, entries: [...last, ...every(60, 'deny')] }).found).toBe(false);
  });
  fc.assert(order, HOLDS);
});

it('explains what it does not find, and is content once that is mended', () => {
  const mend = fc.property(rules, (given) => {
    const first = decide(given);
    expect(first.explanations.length > 0).toBe(!first.found);
    expect(first.back.length > 0).toBe(first.found);
    expect(decide(mended(given)).found).toBe(true);
  });
  fc.assert(mend, HOLDS);
});

/** Does what explanations ask for until there are none; each has to bring it further. */
function mended(given: Rules): Rules {
  const seen = new Set<string>();
  let now = given;
  for (let left = decide(now); !left.found; left = decide(now)) {
    const why = JSON.stringify(left.explanations);
    if (seen.has(why)) throw new Error(`Nothing was gained: ${why}`);
    seen.add(why);
    now = remedy(now, left);
  }
  return now;
}

function remedy(given: Rules, { explanations: [why = {}] }: Verdict): Rules {
  const IsEgress = why.Direction === 'egress';
  switch (why.ExplanationCode) {
    case 'ENI_SG_RULES_MISMATCH': {
      const GroupId = why.SecurityGroups?.[0]?.Id;
      const open = { GroupId, IsEgress, IpProtocol: 'tcp', CidrIpv4: '0.0.0.0/0' };
      const both = { ...open, FromPort: question.port, ToPort: question.port };
      return { ...given, rules: [...given.rules, both] };
    }
    case 'SUBNET_ACL_RESTRICTION': {
      const first = { RuleNumber: 0, Egress: IsEgress, RuleAction: 'allow' } as const;
      const open = { ...first, Protocol: PROTOCOLS.tcp, CidrBlock: '0.0.0.0/0' };
      return { ...given, entries: [open, ...given.entries] };
    }
    case 'NO_ROUTE_TO_DESTINATION':
    case 'BAD_STATE_ROUTE':
      return { ...given, routes: [TO_PEER] };
    default:
      throw new Error(`Nobody knows what to do about ${why.ExplanationCode}.`);
  }
}
