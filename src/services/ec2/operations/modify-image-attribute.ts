import type { ModifyImageAttributeRequest } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { OwnImage } from '../domain/images/own-image.ts';
import { refuseMembers } from '../domain/not-built.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { changeAsked, changed, type SharingChange } from '../domain/sharing.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';
import { imageUnavailable, publicAccessBlocked } from '../snapshot-errors.ts';

export const modifyImageAttribute = operation(model.ModifyImageAttribute, {
  recorded: true,
  authorize: ({ ImageId }, { caller }: Ec2Scope) =>
    onResource('ModifyImageAttribute', kinds.image, ImageId, caller),
  async handle(input, { caller, images, settings }) {
    refuseMembers('ModifyImageAttribute', input, [
      ...(['ProductCodes', 'OrganizationArns', 'OrganizationalUnitArns'] as const),
    ]);
    if (!input.ImageId) throw errors.missingParameter('imageId');
    const { OperationType, UserIds, UserGroups: groups } = input;
    const sharing = changeAsked(input.LaunchPermission, { OperationType, UserIds, groups });
    const isNowPublic = sharing?.Add?.some(({ Group }) => Group === 'all');
    const { imagePublicAccess = 'unblocked' } = await settings.get(caller);
    if (isNowPublic && imagePublicAccess !== 'unblocked') throw publicAccessBlocked('image');
    const change = changeOf(input, sharing);
    const { account, region } = caller;
    await images.change({ account, region, id: input.ImageId }, change);
    return {};
  },
});

/** @throws InvalidParameterCombination, InvalidParameterValue where it is not one that can be made */
function changeOf(
  { Attribute, Value, Description, ImdsSupport }: ModifyImageAttributeRequest,
  sharing: SharingChange | undefined,
): (image: OwnImage) => OwnImage {
  const description = Description?.Value ?? (Attribute === 'description' ? Value : undefined);
  const imds = ImdsSupport?.Value ?? (Attribute === 'imdsSupport' ? Value : undefined);
  if ([sharing, description, imds].filter((each) => each !== undefined).length !== 1) {
    throw errors.combination('Specify one attribute to modify.');
  }
  if (sharing) {
    return (image) => {
      if (image.state === 'disabled' && sharing.Add?.length) throw imageUnavailable(image.id);
      return { ...image, sharing: changed(image.sharing, sharing) };
    };
  }
  if (description !== undefined) return (image) => ({ ...image, description });
  if (imds !== 'v2.0') throw errors.invalidValue(imds ?? '', 'imdsSupport', 'Must be v2.0.');
  return (image) => ({ ...image, requiresImdsV2: true });
}
