import type { Address } from '@aws-sdk/client-ec2';
import { resourceType, type ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';
import { createOnce } from './creation.ts';
import { unless } from './refusals.ts';
import { shownTags, updateTags } from './tags.ts';

const NOT_FOUND = 'InvalidAllocationID.NotFound';

export const eip = resourceType('AWS::EC2::EIP', {
  properties: ['Domain', 'InstanceId', 'NetworkBorderGroup', 'PublicIpv4Pool', 'Tags'],

  async create(desired, context) {
    const id = await createOnce('elastic-ip', desired.Tags, context, async (TagSpecifications) => {
      const { NetworkBorderGroup, PublicIpv4Pool } = desired;
      const made = await context.invoke(model.AllocateAddress, {
        Domain: desired.Domain as 'vpc' | undefined,
        ...{ NetworkBorderGroup, PublicIpv4Pool, TagSpecifications },
      });
      return made.AllocationId!;
    });
    const address = await describe(id, context);
    await bringInstance(address!, desired.InstanceId, context);
    return `${address!.PublicIp}|${id}`;
  },

  async read(identifier, context) {
    const found = await describe(allocationOf(identifier), context);
    if (!found) return undefined;
    const Tags = shownTags(found.Tags);
    return {
      PublicIp: found.PublicIp!,
      AllocationId: found.AllocationId!,
      Domain: found.Domain!,
      NetworkBorderGroup: found.NetworkBorderGroup!,
      PublicIpv4Pool: found.PublicIpv4Pool!,
      ...(found.InstanceId && { InstanceId: found.InstanceId }),
      ...(Tags && { Tags }),
    };
  },

  async update(identifier, desired, previous, context) {
    const address = await describe(allocationOf(identifier), context);
    // What an association of its own says of the address is not this resource's.
    if (desired.InstanceId !== previous.InstanceId) {
      await bringInstance(address!, desired.InstanceId, context);
    }
    await updateTags(address!.AllocationId!, desired.Tags, context);
  },

  async delete(identifier, context) {
    const address = await describe(allocationOf(identifier), context);
    if (!address) return;
    if (address.InstanceId) await bringInstance(address, undefined, context);
    const { AllocationId } = address;
    await unless(NOT_FOUND, context.invoke(model.ReleaseAddress, { AllocationId }));
  },

  async list({ invoke }) {
    const { Addresses = [] } = await invoke(model.DescribeAddresses, {});
    return Addresses.map(({ PublicIp, AllocationId }) => `${PublicIp}|${AllocationId}`);
  },
});

function allocationOf(identifier: string): string {
  return identifier.slice(identifier.indexOf('|') + 1);
}

/** Has the instance have the address, or none. */
async function bringInstance(
  { AllocationId, AssociationId, InstanceId: standing }: Address,
  InstanceId: string | undefined,
  { invoke }: ResourceContext,
): Promise<void> {
  if (InstanceId === standing) return;
  if (InstanceId) {
    await invoke(model.AssociateAddress, { AllocationId, InstanceId });
  } else {
    const answer = invoke(model.DisassociateAddress, { AssociationId });
    await unless('InvalidAssociationID.NotFound', answer);
  }
}

async function describe(id: string, { invoke }: ResourceContext): Promise<Address | undefined> {
  const answer = invoke(model.DescribeAddresses, { AllocationIds: [id] });
  return (await unless(NOT_FOUND, answer))?.Addresses?.[0];
}
