import type { Fields } from '../../gateway/protocols/protocol.ts';
import { usageError } from '../failure.ts';
import type { Argument } from './argument.ts';

/**
 * One rule of a security group in short: `--protocol tcp --port 22 --cidr 0.0.0.0/0`.
 * https://docs.aws.amazon.com/cli/latest/reference/ec2/authorize-security-group-ingress.html
 */
export function securityGroupRuleArguments(table: Map<string, Argument>): readonly Argument[] {
  // The deprecated members of the same names, which the flags here take over.
  for (const name of ['ip-protocol', 'from-port', 'to-port', 'cidr-ip']) {
    const argument = table.get(name);
    if (argument) table.set(name, { ...argument, hidden: true });
  }
  return [protocol, port, cidr, sourceGroup, groupOwner];
}

const protocol: Argument = {
  name: 'protocol',
  takes: 'one',
  help: 'tcp, udp, icmp, or all.',
  apply: (input, typed) => {
    const permission = rule(input);
    permission['IpProtocol'] = typed === 'all' ? '-1' : typed;
  },
};

const port: Argument = {
  name: 'port',
  takes: 'one',
  help: 'A port, a range such as 8000-8080, or all; for ICMP the type and code.',
  apply: (input, typed) => {
    const permission = rule(input);
    const text = String(typed);
    const match = /^(-?\d+)(?:-(-?\d+))?$/.exec(text === '-1' || text === 'all' ? '-1--1' : text);
    if (!match)
      throw usageError('port parameter should be of the form <from[-to]> (e.g. 22 or 22-25)');
    permission['FromPort'] = Number(match[1]);
    permission['ToPort'] = Number(match[2] ?? match[1]);
  },
};

const cidr: Argument = {
  name: 'cidr',
  takes: 'one',
  help: 'The IPv4 address range.',
  apply: (input, typed) => {
    rule(input)['IpRanges'] = [{ CidrIp: typed }];
  },
};

const sourceGroup: Argument = {
  name: 'source-group',
  takes: 'one',
  help: 'The name or ID of the source security group.',
  apply: (input, typed) => {
    const key = String(typed).startsWith('sg-') ? 'GroupId' : 'GroupName';
    groupPair(input)[key] = typed;
  },
};

const groupOwner: Argument = {
  name: 'group-owner',
  takes: 'one',
  help: 'The account that owns the source security group.',
  apply: (input, typed) => {
    groupPair(input)['UserId'] = typed;
  },
};

function rule(input: Fields): Fields {
  return ((input['IpPermissions'] ??= [{}]) as Fields[])[0]!;
}

function groupPair(input: Fields): Fields {
  return ((rule(input)['UserIdGroupPairs'] ??= [{}]) as Fields[])[0]!;
}
