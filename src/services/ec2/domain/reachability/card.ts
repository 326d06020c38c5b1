import type { NetworkInterface } from '@aws-sdk/client-ec2';
import type { Network } from './network.ts';
import { ofBlocks, type Ranges } from './ranges.ts';

/** A network interface, as far as packets meet it. */
export interface Card {
  readonly id: string;
  readonly vpc: string;
  readonly subnet: string;
  readonly groups: readonly string[];
  readonly isChecked: boolean;
  readonly isInUse: boolean;
  readonly instance?: string;
  readonly addresses: readonly CardAddress[];
}

export interface CardAddress {
  readonly private: string;
  readonly public?: string;
}

export function cardOf(each: NetworkInterface): Card {
  const { Attachment, Association, PrivateIpAddress, PrivateIpAddresses = [] } = each;
  // The first is the interface's own, and what is associated with it is told there.
  const listed = PrivateIpAddresses.length > 0 ? PrivateIpAddresses : [{ PrivateIpAddress }];
  return {
    id: each.NetworkInterfaceId ?? '',
    vpc: each.VpcId ?? '',
    subnet: each.SubnetId ?? '',
    groups: (each.Groups ?? []).flatMap(({ GroupId }) => GroupId ?? []),
    isChecked: each.SourceDestCheck ?? true,
    isInUse: each.Status === 'in-use',
    ...(Attachment?.InstanceId && { instance: Attachment.InstanceId }),
    addresses: listed.map((one, at) => {
      const associated =
        one.Association?.PublicIp ?? (at === 0 ? Association?.PublicIp : undefined);
      return { private: one.PrivateIpAddress ?? '', ...(associated && { public: associated }) };
    }),
  };
}

export function cards({ interfaces }: Network): Card[] {
  return interfaces.map(cardOf);
}

/** The interfaces of an instance, or the one with this ID. */
export function cardsOf(id: string, network: Network): Card[] {
  return cards(network).filter((card) => card.id === id || card.instance === id);
}

/** Its private addresses. */
export function addressesOf({ addresses }: Card): Ranges {
  return ofBlocks(addresses.map((each) => each.private));
}
