import type { Fields } from '../../gateway/protocols/protocol.ts';
import { usageError } from '../failure.ts';
import type { Argument } from './argument.ts';

/**
 * What `aws ec2 run-instances` has beside the model: `--count`, and short spellings for the first
 * network interface.
 * https://docs.aws.amazon.com/cli/latest/reference/ec2/run-instances.html
 */
export function runInstancesArguments(table: Map<string, Argument>): readonly Argument[] {
  for (const name of ['min-count', 'max-count']) {
    const argument = table.get(name);
    if (argument) table.set(name, { ...argument, required: false, hidden: true });
  }
  return [count, ...publicAddress, secondaryAddresses, secondaryAddressCount];
}

/** The last touch once all flags have been read. */
export function finishRunInstances(input: Fields): void {
  input['MinCount'] ??= 1;
  input['MaxCount'] ??= 1;
  moveIntoInterface(input);
  encodeUserData(input);
}

/** User data is typed as it is and sent in base64. */
export function encodeUserData(input: Fields): void {
  const userData = input['UserData'];
  if (typeof userData === 'string' || userData instanceof Uint8Array) {
    input['UserData'] = Buffer.from(userData as string).toString('base64');
  }
}

const count: Argument = {
  name: 'count',
  takes: 'one',
  help: 'Number of instances to launch, or the least and the most: 2 or 1:5. The default is 1.',
  apply(input, typed) {
    const match = /^(\d+)(?::(\d+))?$/.exec(String(typed));
    if (!match) throw usageError('count parameter should be of the form "2" or "1:5"');
    input['MinCount'] = Number(match[1]);
    input['MaxCount'] = Number(match[2] ?? match[1]);
  },
};

const publicAddress: readonly Argument[] = [true, false].map((value) => ({
  name: value ? 'associate-public-ip-address' : 'no-associate-public-ip-address',
  takes: 'none',
  help: 'Whether the new instance is given a public IPv4 address.',
  apply: (input) => {
    firstInterface(input)['AssociatePublicIpAddress'] = value;
  },
}));

const secondaryAddresses: Argument = {
  name: 'secondary-private-ip-addresses',
  takes: 'many',
  help: 'Secondary private IPv4 addresses for the network interface.',
  apply: (input, typed) => {
    firstInterface(input)['PrivateIpAddresses'] = (typed as readonly string[]).map((address) => ({
      PrivateIpAddress: address,
      Primary: false,
    }));
  },
};

const secondaryAddressCount: Argument = {
  name: 'secondary-private-ip-address-count',
  takes: 'one',
  help: 'How many secondary private IPv4 addresses to assign to the network interface.',
  apply: (input, typed) => {
    firstInterface(input)['SecondaryPrivateIpAddressCount'] = Number(typed);
  },
};

function firstInterface(input: Fields): Fields {
  const interfaces = (input['NetworkInterfaces'] ??= [{ DeviceIndex: 0 }]) as Fields[];
  return interfaces[0]!;
}

/** EC2 takes subnet and groups inside an interface only, once there is one. */
function moveIntoInterface(input: Fields): void {
  const [first] = (input['NetworkInterfaces'] ?? []) as Fields[];
  if (!first) return;
  const short = [
    'PrivateIpAddresses',
    'SecondaryPrivateIpAddressCount',
    'AssociatePublicIpAddress',
  ];
  if (!short.some((name) => name in first)) return;
  const moves = {
    SubnetId: 'SubnetId',
    SecurityGroupIds: 'Groups',
    Ipv6AddressCount: 'Ipv6AddressCount',
    Ipv6Addresses: 'Ipv6Addresses',
    EnablePrimaryIpv6: 'PrimaryIpv6',
  };
  for (const [from, to] of Object.entries(moves)) {
    if (input[from] === undefined) continue;
    first[to] = input[from];
    delete input[from];
  }
  if (input['PrivateIpAddress'] === undefined) return;
  first['PrivateIpAddresses'] = [{ PrivateIpAddress: input['PrivateIpAddress'], Primary: true }];
  delete input['PrivateIpAddress'];
}
