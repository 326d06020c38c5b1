import type { NetworkInterface as Card } from '@aws-sdk/client-ec2';
import type { ResourceModels } from '../../../models/generated/resource-types.ts';
import { resourceType, type ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import { createOnce } from './creation.ts';
import { unless } from './refusals.ts';
import { shownTags, updateTags } from './tags.ts';

const NOT_FOUND = 'InvalidNetworkInterfaceID.NotFound';

type NetworkInterface = ResourceModels['AWS::EC2::NetworkInterface'];

export const networkInterface = resourceType('AWS::EC2::NetworkInterface', {
  properties: [
    ...(['Description', 'GroupSet', 'InterfaceType', 'Ipv6AddressCount', 'Ipv6Addresses'] as const),
    ...(['PrivateIpAddress', 'PrivateIpAddresses', 'SecondaryPrivateIpAddressCount'] as const),
    ...(['SourceDestCheck', 'SubnetId', 'Tags'] as const),
  ],

  async create(desired, context) {
    const id = await createOnce(
      'network-interface',
      desired.Tags,
      context,
      async (TagSpecifications) => {
        const { Description, GroupSet, InterfaceType, PrivateIpAddress, SubnetId } = desired;
        const made = await context.invoke(model.CreateNetworkInterface, {
          ...{ Description, PrivateIpAddress, SubnetId, TagSpecifications },
          Groups: GroupSet && [...GroupSet],
          InterfaceType: InterfaceType as 'efa' | undefined,
          ...{ Ipv6AddressCount: desired.Ipv6AddressCount, Ipv6Addresses: ipv6(desired) },
          PrivateIpAddresses: desired.PrivateIpAddresses?.map((each) => ({ ...each })),
          SecondaryPrivateIpAddressCount: desired.SecondaryPrivateIpAddressCount,
        });
        return made.NetworkInterface!.NetworkInterfaceId!;
      },
    );
    const SourceDestCheck = { Value: desired.SourceDestCheck ?? true };
    const request = { NetworkInterfaceId: id, SourceDestCheck };
    await context.invoke(model.ModifyNetworkInterfaceAttribute, request);
    return id;
  },

  async read(id, context) {
    const found = await describe(id, context);
    return found && shown(id, found);
  },

  async update(id, desired, previous, context) {
    const { Description = '', GroupSet, SourceDestCheck = true } = desired;
    const change = (what: object) =>
      context.invoke(model.ModifyNetworkInterfaceAttribute, { NetworkInterfaceId: id, ...what });
    await change({ Description: { Value: Description } });
    await change({ SourceDestCheck: { Value: SourceDestCheck } });
    if (GroupSet) await change({ Groups: [...GroupSet] });
    await bringFurther(id, desired, context);
    await bringIpv6(id, desired, previous, context);
    await updateTags(id, desired.Tags, context);
  },

  /** Its first address is the interface's for good. */
  replaces: (_, desired, previous) => primary(desired) !== primary(previous),

  async delete(id, { invoke }) {
    await unless(NOT_FOUND, invoke(model.DeleteNetworkInterface, { NetworkInterfaceId: id }));
  },

  async list({ invoke }) {
    const { NetworkInterfaces = [] } = await invoke(model.DescribeNetworkInterfaces, {});
    return NetworkInterfaces.map(({ NetworkInterfaceId }) => NetworkInterfaceId!);
  },
});

function primary({ PrivateIpAddress, PrivateIpAddresses = [] }: NetworkInterface) {
  return PrivateIpAddresses.find(({ Primary }) => Primary)?.PrivateIpAddress ?? PrivateIpAddress;
}

function ipv6({ Ipv6Addresses }: NetworkInterface) {
  return Ipv6Addresses?.map(({ Ipv6Address }) => ({ Ipv6Address }));
}

/** Gives it the addresses beside its first that it is to have: these, or so many. */
async function bringFurther(
  NetworkInterfaceId: string,
  { PrivateIpAddresses = [], SecondaryPrivateIpAddressCount: count }: NetworkInterface,
  context: ResourceContext,
): Promise<void> {
  const standing = furtherOf(await describe(NetworkInterfaceId, context));
  const named = PrivateIpAddresses.filter(({ Primary }) => !Primary).map(
    (each) => each.PrivateIpAddress,
  );
  const kept = named.length > 0 ? standing.filter((each) => named.includes(each)) : standing;
  const stay = named.length > 0 ? kept : standing.slice(0, count ?? 0);
  const gone = standing.filter((each) => !stay.includes(each));
  const missing = named.filter((each) => !standing.includes(each));
  const lack = named.length > 0 ? 0 : (count ?? 0) - stay.length;
  if (gone.length > 0) {
    const request = { NetworkInterfaceId, PrivateIpAddresses: gone };
    await context.invoke(model.UnassignPrivateIpAddresses, request);
  }
  if (missing.length > 0 || lack > 0) {
    await context.invoke(model.AssignPrivateIpAddresses, {
      NetworkInterfaceId,
      ...(missing.length > 0
        ? { PrivateIpAddresses: missing }
        : { SecondaryPrivateIpAddressCount: lack }),
    });
  }
}

/** The same of IPv6; addresses that nobody asked for are the subnet's doing and stay. */
async function bringIpv6(
  NetworkInterfaceId: string,
  desired: NetworkInterface,
  previous: NetworkInterface,
  context: ResourceContext,
): Promise<void> {
  const { Ipv6Addresses, Ipv6AddressCount: count } = desired;
  const asked = [Ipv6Addresses, count, previous.Ipv6Addresses, previous.Ipv6AddressCount];
  if (asked.every((each) => each === undefined)) return;
  const standing = ipv6Of(await describe(NetworkInterfaceId, context));
  const named = Ipv6Addresses?.map(({ Ipv6Address }) => Ipv6Address);
  const stay = named
    ? standing.filter((each) => named.includes(each))
    : standing.slice(0, count ?? 0);
  const gone = standing.filter((each) => !stay.includes(each));
  const missing = named?.filter((each) => !standing.includes(each)) ?? [];
  const lack = named ? 0 : (count ?? 0) - stay.length;
  if (gone.length > 0) {
    await context.invoke(model.UnassignIpv6Addresses, { NetworkInterfaceId, Ipv6Addresses: gone });
  }
  if (missing.length > 0 || lack > 0) {
    await context.invoke(model.AssignIpv6Addresses, {
      NetworkInterfaceId,
      ...(missing.length > 0 ? { Ipv6Addresses: missing } : { Ipv6AddressCount: lack }),
    });
  }
}

function shown(id: string, found: Card): NetworkInterface {
  const Tags = shownTags(found.TagSet);
  const secondary = furtherOf(found);
  const six = ipv6Of(found);
  return {
    ...{ Id: id, SubnetId: found.SubnetId!, VpcId: found.VpcId! },
    Description: found.Description!,
    GroupSet: found.Groups!.map(({ GroupId }) => GroupId!),
    InterfaceType: found.InterfaceType!,
    SourceDestCheck: found.SourceDestCheck!,
    ...{
      PrivateIpAddress: found.PrivateIpAddress!,
      PrimaryPrivateIpAddress: found.PrivateIpAddress!,
    },
    PrivateIpAddresses: found.PrivateIpAddresses!.map(({ Primary, PrivateIpAddress }) => ({
      ...{ Primary: Primary!, PrivateIpAddress: PrivateIpAddress! },
    })),
    SecondaryPrivateIpAddresses: secondary,
    ...(secondary.length > 0 && { SecondaryPrivateIpAddressCount: secondary.length }),
    ...(six.length > 0 && { Ipv6Addresses: six.map((Ipv6Address) => ({ Ipv6Address })) }),
    ...(Tags && { Tags }),
  };
}

function furtherOf(found: Card | undefined): string[] {
  return (found?.PrivateIpAddresses ?? [])
    .filter(({ Primary }) => !Primary)
    .map(({ PrivateIpAddress }) => PrivateIpAddress!);
}

function ipv6Of(found: Card | undefined): string[] {
  return (found?.Ipv6Addresses ?? []).map(({ Ipv6Address }) => Ipv6Address!);
}

async function describe(id: string, { invoke }: ResourceContext): Promise<Card | undefined> {
  const answer = invoke(model.DescribeNetworkInterfaces, { NetworkInterfaceIds: [id] });
  return (await unless(NOT_FOUND, answer))?.NetworkInterfaces?.[0];
}
