import { isDeepStrictEqual } from 'node:util';
import type { Write } from '../../../../storage/engine.ts';
import { set } from '../../../../storage/records.ts';
import type { Ec2Scope } from '../../scope.ts';
import * as launchErrors from '../../launch-errors.ts';
import type { Instance } from '../instances/instance.ts';
import { newMacAddress } from '../interfaces/mac-address.ts';
import {
  liveAttachment,
  type Attachment,
  type NetworkInterfaceRecord,
} from '../interfaces/network-interface.ts';
import { NOTHING, type PutToUse } from '../network/put-to-use.ts';
import { kinds } from '../resource-kinds.ts';
import { interfacesOf, type Assigned } from './assign-addresses.ts';
import type { PlannedInterface } from './choose-interface.ts';
import type { LaunchPlan } from './plan.ts';

/** An existing interface was changed since the launch looked at it: it is to look again. */
export class InterfaceChanged extends Error {}

/** The existing interfaces that a launch asks for, by their IDs; one that is in use is missing. */
export type Existing = ReadonlyMap<string, NetworkInterfaceRecord>;

export async function existingInterfaces(plan: LaunchPlan, scope: Ec2Scope): Promise<Existing> {
  const { caller, networks, instances } = scope;
  const found = new Map<string, NetworkInterfaceRecord>();
  for (const { existing: id } of interfacesOf(plan)) {
    if (id === undefined) continue;
    const record = await networks.get('network-interface', caller, id);
    if (record && !liveAttachment(record, await instances.list(caller))) found.set(id, record);
  }
  return found;
}

/** The records of the interfaces that instances are launched with beside their first. */
export function furtherInterfaces(
  plan: LaunchPlan,
  launched: readonly Instance[],
  assigned: readonly Assigned[],
  existing: Existing,
  scope: Ec2Scope,
): NetworkInterfaceRecord[] {
  return launched.flatMap((instance, nth) =>
    plan.network.further.map((planned, at) => {
      const attachment = {
        attachmentId: scope.ids.resource('eni-attach'),
        instanceId: instance.id,
        deviceIndex: planned.index,
        attachedAtMs: instance.network.attachedAtMs,
        deleteOnTermination: planned.deleteOnTermination,
      };
      const taken = planned.existing === undefined ? undefined : existing.get(planned.existing);
      if (taken) return { ...taken, attachment };
      const own = {
        addresses: assigned[nth]?.private[at + 1] ?? [],
        ipv6Addresses: assigned[nth]?.ipv6[at + 1] ?? [],
      };
      return newInterface(planned, own, attachment, scope);
    }),
  );
}

function newInterface(
  { subnet, description, groups }: PlannedInterface,
  own: Pick<NetworkInterfaceRecord, 'addresses' | 'ipv6Addresses'>,
  attachment: Attachment,
  { ids }: Ec2Scope,
): NetworkInterfaceRecord {
  const { VpcId = '', SubnetId = '', AvailabilityZone = '', AvailabilityZoneId = '' } = subnet;
  return {
    NetworkInterfaceId: ids.resource('eni'),
    ...{ VpcId, SubnetId, AvailabilityZone, AvailabilityZoneId },
    Description: description,
    MacAddress: newMacAddress(ids),
    SourceDestCheck: true,
    Groups: groups.map(({ id, name }) => ({ GroupId: id, GroupName: name })),
    ...own,
    attachment,
  };
}

/**
 * Records these interfaces with the launch, and that the existing first one is its instance's now. An
 * existing one that is in use is refused by the transaction, where a repeated request is told from a
 * new one.
 */
export function attachInterfaces(
  plan: LaunchPlan,
  records: readonly NetworkInterfaceRecord[],
  existing: Existing,
  { caller, networks, instances, tags }: Ec2Scope,
): PutToUse {
  const { network } = plan;
  const asked = interfacesOf(plan).flatMap((each) => each.existing ?? []);
  if (network.further.length === 0 && asked.length === 0) return NOTHING;
  const missing = asked.find((id, nth) => !existing.has(id) || asked.indexOf(id) !== nth);
  const at = (id: string) => networks.at('network-interface', caller, id);
  const drawn = networks.overtakeDrafts(caller);
  const seen = [...existing];
  const writes = records.flatMap((record): Write[] => {
    const { NetworkInterfaceId: id, SubnetId: subnetId } = record;
    if (existing.has(id)) return [set(at(id), record)];
    return [
      set(at(id), record),
      ...instances.addresses.take({ ...record, subnetId }, id),
      ...tags.put(caller, kinds.networkInterface, id, plan.tags.networkInterface),
    ];
  });
  const { existing: first } = network;
  if (first !== undefined) writes.push({ key: at(first).key, value: undefined });
  return {
    slots: [...drawn.slots, ...seen.map(([id]) => at(id))],
    writes: (found) => {
      if (missing !== undefined) throw launchErrors.interfacesTaken(missing);
      const now = found.slice(drawn.slots.length);
      if (seen.some(([, record], nth) => !isDeepStrictEqual(record, now[nth]))) {
        throw new InterfaceChanged();
      }
      return [...drawn.writes(found), ...writes];
    },
  };
}
