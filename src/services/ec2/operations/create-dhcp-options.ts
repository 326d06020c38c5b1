import type { DhcpConfiguration, NewDhcpConfiguration } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { tagsOfNew, wireTags } from '../domain/tags.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateDhcpOptions.html
const MAX_SERVERS = 4;
const MAX_VALUES: ReadonlyMap<string, number> = new Map([
  ['domain-name-servers', MAX_SERVERS],
  ['domain-name', 1],
  ['ntp-servers', MAX_SERVERS],
  ['netbios-name-servers', MAX_SERVERS],
  ['netbios-node-type', 1],
  ['ipv6-address-preferred-lease-time', 1],
]);

/** Options for VPCs to be given; they cannot be changed. */
export const createDhcpOptions = operation(model.CreateDhcpOptions, {
  recorded: true,
  authorize: (_, { caller }: Ec2Scope) =>
    onResource('CreateDhcpOptions', kinds.dhcpOptions, undefined, caller),
  async handle(input, { caller, ids, networks }) {
    const tags = tagsOfNew(caller, kinds.dhcpOptions, input.TagSpecifications);
    const options = {
      DhcpOptionsId: ids.resource('dopt'),
      OwnerId: caller.account,
      DhcpConfigurations: checkConfigurations(input.DhcpConfigurations),
    };
    await networks.change(caller, async (draft) => draft.create('dhcp-options', options, tags));
    return { DhcpOptions: { ...options, Tags: wireTags(tags) } };
  },
});

function checkConfigurations(given: readonly NewDhcpConfiguration[] = []): DhcpConfiguration[] {
  if (given.length === 0) throw errors.missingParameter('dhcpConfiguration');
  const keys = new Set<string>();
  return given.map(({ Key = '', Values = [] }) => {
    const most = MAX_VALUES.get(Key);
    if (most === undefined) throw errors.invalidValue(Key, 'key', 'Unknown DHCP option.');
    if (keys.has(Key)) throw errors.invalidValue(Key, 'key', 'The option is given twice.');
    keys.add(Key);
    if (Values.length === 0) throw errors.missingParameter('value');
    if (Values.length > most) {
      throw errors.invalidValue(Values.join(', '), Key, `At most ${most} values.`);
    }
    return { Key, Values: Values.map((Value) => ({ Value })) };
  });
}
