import type { Address } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { holders } from '../domain/elastic-ips/holders.ts';
import type { Filters } from '../domain/filters.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import * as networkErrors from '../network-errors.ts';
import type { Ec2Scope } from '../scope.ts';

const filters: Filters<Address> = {
  'allocation-id': (address) => address.AllocationId,
  'association-id': (address) => address.AssociationId,
  domain: (address) => address.Domain,
  'instance-id': (address) => address.InstanceId,
  'network-border-group': (address) => address.NetworkBorderGroup,
  'network-interface-id': (address) => address.NetworkInterfaceId,
  'network-interface-owner-id': (address) => address.NetworkInterfaceOwnerId,
  'private-ip-address': (address) => address.PrivateIpAddress,
  'public-ip': (address) => address.PublicIp,
};

export const describeAddresses = operation(model.DescribeAddresses, {
  recorded: isOnlyRecorded,
  async handle(input, scope: Ec2Scope) {
    const { caller, networks, tags } = scope;
    const recorded = await networks.list('elastic-ip', caller);
    const held = await holders(scope);
    const shown = recorded.map(({ ptrRecord: _ptrRecord, ...address }): Address => ({
      ...address,
      ...held.get(address.AllocationId),
    }));
    const all = await tags.join(caller, shown, (address) => address.AllocationId);
    const { found } = select(named(all, input.PublicIps), input, {
      id: (address) => address.AllocationId,
      ids: { kind: kinds.elasticIp, given: input.AllocationIds },
      filters,
    });
    return { Addresses: found };
  },
});

function named<T extends Address>(all: readonly T[], ips: readonly string[] = []): readonly T[] {
  if (ips.length === 0) return all;
  const missing = ips.find((ip) => !all.some((address) => address.PublicIp === ip));
  if (missing !== undefined) throw networkErrors.addressNotFound(missing);
  return all.filter((address) => ips.includes(address.PublicIp ?? ''));
}
