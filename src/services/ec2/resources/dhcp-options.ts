import type { DhcpConfiguration, DhcpOptions, NewDhcpConfiguration } from '@aws-sdk/client-ec2';
import type { ResourceModels } from '../../../models/generated/resource-types.ts';
import { resourceType } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import { taggedResource } from './tagged-resource.ts';

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

  ...taggedResource<Options, DhcpOptions>({
    kind: 'dhcp-options',
    notFound: 'InvalidDhcpOptionID.NotFound',
    async make(desired, TagSpecifications, { invoke }) {
      const request = { DhcpConfigurations: configurations(desired), TagSpecifications };
      return (await invoke(model.CreateDhcpOptions, request)).DhcpOptions?.DhcpOptionsId;
    },
    describe: async (DhcpOptionsIds, { invoke }) =>
      (await invoke(model.DescribeDhcpOptions, { DhcpOptionsIds })).DhcpOptions,
    idOf: ({ DhcpOptionsId }) => DhcpOptionsId,
    show: ({ DhcpOptionsId, DhcpConfigurations = [] }) => ({
      ...{ DhcpOptionsId: DhcpOptionsId!, ...shown(DhcpConfigurations) },
    }),
    remove: (DhcpOptionsId, { invoke }) => invoke(model.DeleteDhcpOptions, { DhcpOptionsId }),
  }),
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
