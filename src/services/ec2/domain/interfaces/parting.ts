import { clear, set } from '../../../../storage/records.ts';
import type { Ec2Scope } from '../../scope.ts';
import type { Instance, InstanceRef } from '../instances/instance.ts';
import type { PutToUse } from '../network/put-to-use.ts';
import { onItsOwn } from './first-interface.ts';
import type { NetworkInterfaceRecord } from './network-interface.ts';

/**
 * What becomes of the interfaces of an instance when it ends: those that are to be deleted with it give
 * their addresses back, the others stay by themselves.
 */
export async function partWithInterfaces(
  ref: InstanceRef,
  { networks, instances, tags }: Pick<Ec2Scope, 'networks' | 'instances' | 'tags'>,
): Promise<PutToUse> {
  const { addresses } = instances;
  const at = (id: string) => networks.at('network-interface', ref, id);
  const attached = (await networks.list('network-interface', ref)).filter(
    ({ attachment }) => attachment?.instanceId === ref.id,
  );
  const drawn = attached.length > 0 ? networks.overtakeDrafts(ref) : undefined;
  const slots = attached.map(({ NetworkInterfaceId: id }) => at(id));

  const ofFirst = (instance: Instance) => {
    const { interfaceId, deleteOnTermination = true } = instance.network;
    if (deleteOnTermination) {
      return [...addresses.release(instance), tags.remove(ref, interfaceId)];
    }
    const record = onItsOwn(instance);
    return [...addresses.passOn(instance, interfaceId), set(at(interfaceId), record)];
  };

  const ofFurther = (record: NetworkInterfaceRecord) => {
    const { NetworkInterfaceId: id, SubnetId, attachment, ...rest } = record;
    if (attachment?.instanceId !== ref.id) return [];
    if (!attachment.deleteOnTermination) {
      return [set(at(id), { ...rest, NetworkInterfaceId: id, SubnetId })];
    }
    return [
      clear(at(id)),
      ...addresses.giveBack({ ...record, subnetId: SubnetId }),
      tags.remove(ref, id),
    ];
  };

  return {
    slots: [instances.at(ref), ...slots, ...(drawn?.slots ?? [])],
    writes: ([instance, ...found]) => [
      ...(instance ? ofFirst(instance as Instance) : []),
      ...found
        .slice(0, slots.length)
        .flatMap((record) => (record ? ofFurther(record as NetworkInterfaceRecord) : [])),
      ...(drawn?.writes(found.slice(slots.length)) ?? []),
    ],
  };
}
