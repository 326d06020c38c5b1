import type { DhcpConfiguration, NewDhcpConfiguration } from '@aws-sdk/client-ec2';
import type { ResourceModels } from '../../../models/generated/resource-types.ts';
import { resourceType, type ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import { createOnce } from './creation.ts';
import { unless } from './refusals.ts';
import { shownTags, updateTags } from './tags.ts';

const NOT_FOUND = 'InvalidDhcpOptionID.NotFound';

type Options = ResourceModels['AWS::EC2::DHCPOptions'];

/** What EC2 calls each property. */
const KEYS = {
  DomainName: 'domain-name',
  DomainNameServers: 'domain-name-servers',
  Ipv6AddressPreferredLeaseTime: 'ipv6-address-preferred-lease-time',
  NetbiosNameServers: 'netbios-name-servers',
  NetbiosNodeType: 'netbios-node-type',
  NtpServers: 'ntp-servers',
} as const;
const LISTS: readonly string[] = ['DomainNameServers', 'NetbiosNameServers', 'NtpServers'];
const NUMBERS: readonly string[] = ['Ipv6AddressPreferredLeaseTime', 'NetbiosNodeType'];

export const dhcpOptions = resourceType('AWS::EC2::DHCPOptions', {
  properties: [
    ...(['DomainName', 'DomainNameServers', 'Ipv6AddressPreferredLeaseTime'] as const),
    ...(['NetbiosNameServers', 'NetbiosNodeType', 'NtpServers', 'Tags'] as const),
  ],

  create: (desired, context) =>
    createOnce('dhcp-options', desired.Tags, context, async (TagSpecifications) => {
      const { DhcpOptions } = await context.invoke(model.CreateDhcpOptions, {
        ...{ DhcpConfigurations: configurations(desired), TagSpecifications },
      });
      return DhcpOptions!.DhcpOptionsId!;
    }),

  async read(id, context) {
    const found = await describe(id, context);
    if (!found) return undefined;
    const Tags = shownTags(found.Tags);
    return {
      DhcpOptionsId: id,
      ...shown(found.DhcpConfigurations ?? []),
      ...(Tags && { Tags }),
    };
  },

  update: (id, desired, _, context) => updateTags(id, desired.Tags, context),

  async delete(id, { invoke }) {
    await unless(NOT_FOUND, invoke(model.DeleteDhcpOptions, { DhcpOptionsId: id }));
  },

  async list({ invoke }) {
    const { DhcpOptions = [] } = await invoke(model.DescribeDhcpOptions, {});
    return DhcpOptions.map(({ DhcpOptionsId }) => DhcpOptionsId!);
  },
});

function configurations(desired: Options): NewDhcpConfiguration[] {
  return Object.entries(KEYS).flatMap(([property, Key]) => {
    const value = desired[property as keyof typeof KEYS];
    return value === undefined ? [] : [{ Key, Values: [value].flat().map(String) }];
  });
}

function shown(configured: readonly DhcpConfiguration[]): Partial<Options> {
  const entries = Object.entries(KEYS).flatMap(([property, key]) => {
    const found = configured.find(({ Key }) => Key === key);
    if (!found) return [];
    const values = (found.Values ?? []).map(({ Value = '' }) => Value);
    const only = NUMBERS.includes(property) ? Number(values[0]) : values[0];
    return [[property, LISTS.includes(property) ? values : only]];
  });
  return Object.fromEntries(entries) as Partial<Options>;
}

async function describe(id: string, { invoke }: ResourceContext) {
  const answer = invoke(model.DescribeDhcpOptions, { DhcpOptionsIds: [id] });
  return (await unless(NOT_FOUND, answer))?.DhcpOptions?.[0];
}
