import type { ModifyNetworkInterfaceAttributeRequest } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { changeInterface } from '../domain/interfaces/modify.ts';
import { namedInterface } from '../domain/interfaces/named.ts';
import { oneAttribute } from '../domain/network/one-attribute.ts';
import { refuseMembers } from '../domain/not-built.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

const ATTRIBUTES = ['Description', 'SourceDestCheck', 'Groups', 'Attachment'] as const;

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ModifyNetworkInterfaceAttribute.html */
export const modifyNetworkInterfaceAttribute = operation(model.ModifyNetworkInterfaceAttribute, {
  recorded: isOnlyRecorded,
  authorize: (input, { caller }: Ec2Scope) =>
    onResource(
      'ModifyNetworkInterfaceAttribute',
      kinds.networkInterface,
      input.NetworkInterfaceId,
      caller,
    ),
  async handle(input, scope) {
    refuseMembers('ModifyNetworkInterfaceAttribute', input, [
      'EnaSrdSpecification',
      'EnablePrimaryIpv6',
      'ConnectionTrackingSpecification',
      'AssociatePublicIpAddress',
      'AssociatedSubnetIds',
    ]);
    const name = oneAttribute(input, ATTRIBUTES);
    const { Description, SourceDestCheck, Groups, Attachment } = input;
    if (valueOf(name, input) === undefined) throw errors.missingParameter(name);
    const { AttachmentId: attachmentId, DeleteOnTermination: value } = Attachment ?? {};
    if (Attachment && !attachmentId) throw errors.missingParameter('attachmentId');
    await scope.networks.change(scope.caller, async (draft) => {
      const named = await namedInterface(draft, input.NetworkInterfaceId, scope);
      const change = {
        ...(Description?.Value !== undefined && { description: Description.Value }),
        ...(SourceDestCheck?.Value !== undefined && { sourceDestCheck: SourceDestCheck.Value }),
        ...(Groups && { groupIds: Groups }),
        ...(attachmentId &&
          value !== undefined && { deleteOnTermination: { attachmentId, value } }),
      };
      await changeInterface(draft, named, change, scope);
    });
    return {};
  },
});

function valueOf(name: (typeof ATTRIBUTES)[number], input: ModifyNetworkInterfaceAttributeRequest) {
  if (name === 'Groups') return input.Groups;
  if (name === 'Attachment') return input.Attachment?.DeleteOnTermination;
  return input[name]?.Value;
}
