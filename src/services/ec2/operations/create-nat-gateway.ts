import type { CreateNatGatewayRequest, NatGatewayAddress } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { set } from '../../../storage/records.ts';
import { holders } from '../domain/elastic-ips/holders.ts';
import { wireNatGateway } from '../domain/nat-gateways/nat-gateways.ts';
import { createOnce } from '../domain/network/create-once.ts';
import { hasInternetGateway } from '../domain/network/internet-gateways.ts';
import type { NetworkDraft } from '../domain/network/network-draft.ts';
import { privateAddressIn } from '../domain/network/private-address.ts';
import type { NatGatewayRecord } from '../domain/network/recorded.ts';
import { refuseMembers } from '../domain/not-built.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { tagsOfNew, wireTags } from '../domain/tags.ts';
import * as errors from '../errors.ts';
import * as networkErrors from '../network-errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** A gateway with an address in its subnet and, unless it is private, an elastic IP. */
export const createNatGateway = operation(model.CreateNatGateway, {
  recorded: isOnlyRecorded,
  authorize: (input, { caller }: Ec2Scope) => [
    onResource('CreateNatGateway', kinds.natGateway, undefined, caller),
    onResource('CreateNatGateway', kinds.subnet, input.SubnetId, caller),
  ],
  async handle(input, scope) {
    checkRequest(input);
    const { caller, clock, ids } = scope;
    const { SubnetId = '', ConnectivityType = 'public' } = input;
    const tags = tagsOfNew(caller, kinds.natGateway, input.TagSpecifications);
    const gateway = await createOnce(scope, 'natgateway', input, async (draft) => {
      const { VpcId = '' } = await draft.find('subnet', SubnetId);
      const id = ids.resource('nat');
      const base: NatGatewayRecord = {
        NatGatewayId: id,
        ownerId: caller.account,
        VpcId,
        SubnetId,
        ConnectivityType,
        createdAtMs: clock.now(),
      };
      if (ConnectivityType === 'public' && !(await hasInternetGateway(draft, VpcId))) {
        // AWS answers at once and fails later, which is where clients look for the reason.
        return draft.create('natgateway', { ...base, ...failed(VpcId, clock.now()) }, tags);
      }
      const NatGatewayAddresses = [await drawAddress(draft, id, input, scope)];
      return draft.create('natgateway', { ...base, State: 'available', NatGatewayAddresses }, tags);
    });
    const NatGateway = { ...wireNatGateway(gateway), State: 'pending' as const };
    return { NatGateway: { ...NatGateway, Tags: wireTags(tags) }, ClientToken: input.ClientToken };
  },
});

function checkRequest(input: CreateNatGatewayRequest): void {
  refuseMembers('CreateNatGateway', input, [
    'VpcId',
    'AvailabilityZoneAddresses',
    'SecondaryAllocationIds',
    'SecondaryPrivateIpAddresses',
    'SecondaryPrivateIpAddressCount',
  ]);
  if (input.AvailabilityMode && input.AvailabilityMode !== 'zonal') {
    throw errors.unsupported('Alacarte has zonal NAT gateways only.');
  }
  if (!input.SubnetId) throw errors.missingParameter('subnetId');
  const isPrivate = input.ConnectivityType === 'private';
  if (isPrivate && input.AllocationId) {
    throw errors.combination('An allocation ID cannot be given for a private NAT gateway.');
  }
  if (!isPrivate && !input.AllocationId) {
    throw errors.missingParameter('AllocationId');
  }
}

function failed(vpcId: string, now: number): Partial<NatGatewayRecord> {
  return {
    State: 'failed',
    FailureCode: 'Gateway.NotAttached',
    FailureMessage: `Network ${vpcId} has no Internet gateway attached`,
    NatGatewayAddresses: [],
    deletedAtMs: now,
  };
}

async function drawAddress(
  draft: NetworkDraft,
  gatewayId: string,
  { SubnetId = '', AllocationId, PrivateIpAddress }: CreateNatGatewayRequest,
  scope: Ec2Scope,
): Promise<NatGatewayAddress> {
  const { ids, instances } = scope;
  const subnet = await draft.find('subnet', SubnetId);
  const { addresses } = instances;
  const PrivateIp = await privateAddressIn(draft, addresses, subnet, PrivateIpAddress);
  draft.write(
    set(addresses.privateAt(SubnetId, PrivateIp), { address: PrivateIp, holder: gatewayId }),
  );
  const address = {
    NetworkInterfaceId: ids.resource('eni'),
    PrivateIp,
    IsPrimary: true,
    Status: 'succeeded' as const,
  };
  if (!AllocationId) return address;
  const { PublicIp } = await draft.find('elastic-ip', AllocationId);
  const holder = (await holders(scope)).get(AllocationId);
  if (holder) throw networkErrors.addressIsAssociated(AllocationId, holder.AssociationId);
  return { ...address, AllocationId, PublicIp, AssociationId: ids.resource('eipassoc') };
}
