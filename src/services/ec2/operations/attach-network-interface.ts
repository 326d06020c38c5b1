import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded, takesInterfaces } from '../domain/data-plane/carried.ts';
import type { Instance } from '../domain/instances/instance.ts';
import { checkInterfaceCount } from '../domain/interfaces/limit.ts';
import { namedInterface } from '../domain/interfaces/named.ts';
import { liveAttachment } from '../domain/interfaces/network-interface.ts';
import type { NetworkDraft } from '../domain/network/network-draft.ts';
import { refuseMembers } from '../domain/not-built.ts';
import { onResource } from '../domain/permission.ts';
import { checkIds, kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import * as networkErrors from '../network-errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Gives an instance a further interface, at once where its packets are carried. */
export const attachNetworkInterface = operation(model.AttachNetworkInterface, {
  recorded: isOnlyRecorded,
  authorize: (input, { caller }: Ec2Scope) => [
    onResource('AttachNetworkInterface', kinds.networkInterface, input.NetworkInterfaceId, caller),
    onResource('AttachNetworkInterface', kinds.instance, input.InstanceId, caller),
  ],
  async handle(input, scope) {
    refuseMembers('AttachNetworkInterface', input, ['EnaSrdSpecification', 'EnaQueueCount']);
    if (input.NetworkCardIndex) {
      throw errors.invalidValue(input.NetworkCardIndex, 'networkCardIndex', 'There is one card.');
    }
    const { NetworkInterfaceId = '', InstanceId, DeviceIndex: deviceIndex } = input;
    if (!InstanceId) throw errors.missingParameter('instanceId');
    if (deviceIndex === undefined) throw errors.missingParameter('deviceIndex');
    const { caller, clock, ids, instances, networks } = scope;
    const attachmentId = ids.resource('eni-attach');
    await networks.change(caller, async (draft) => {
      const { record } = await namedInterface(draft, NetworkInterfaceId, scope);
      const all = await instances.list(caller);
      if (!record || liveAttachment(record, all)) {
        throw networkErrors.interfaceInUse(NetworkInterfaceId);
      }
      checkIds(kinds.instance, [InstanceId]);
      const instance = await draft.read(instances.at({ ...caller, id: InstanceId }));
      if (!instance || instance.state === 'terminated') throw kinds.instance.notFound([InstanceId]);
      if (instance.state !== 'running' && instance.state !== 'stopped') {
        throw errors.incorrectState(`Instance '${InstanceId}' is not 'running' or 'stopped'.`);
      }
      if (instance.network.zone !== record.AvailabilityZone) {
        throw errors.combination(
          'You may not attach a network interface to an instance if they are not in the same availability zone',
        );
      }
      if (instance.network.vpcId !== record.VpcId) {
        throw errors.unsupported("Alacarte attaches interfaces of the instance's own VPC only.");
      }
      await checkFree(draft, instance, deviceIndex);
      if (!takesInterfaces(scope, instance)) scope.realize('recorded');
      const attachedAtMs = clock.now();
      const attachment = { attachmentId, instanceId: InstanceId, deviceIndex, attachedAtMs };
      draft.put('network-interface', { ...record, attachment });
    });
    return { AttachmentId: attachmentId, NetworkCardIndex: 0 };
  },
});

/** @throws InvalidParameterValue where the instance has an interface at this index, AttachmentLimitExceeded */
async function checkFree(
  draft: NetworkDraft,
  { id, instanceType: type }: Instance,
  index: number,
): Promise<void> {
  const others = (await draft.list('network-interface')).filter(
    ({ attachment }) => attachment?.instanceId === id,
  );
  if (index === 0 || others.some(({ attachment }) => attachment?.deviceIndex === index)) {
    throw errors.invalidParameter(
      `Instance '${id}' already has an interface attached at device index '${index}'.`,
    );
  }
  checkInterfaceCount(others.length + 2, type);
}
