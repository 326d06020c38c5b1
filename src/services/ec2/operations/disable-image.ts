import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { disabled } from '../domain/images/availability.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import type { Ec2Scope } from '../scope.ts';

/** Nobody launches it until it is enabled again, and it is shared with nobody any more. */
export const disableImage = operation(model.DisableImage, {
  authorize: ({ ImageId }, { caller }: Ec2Scope) =>
    onResource('DisableImage', kinds.image, ImageId, caller),
  async handle({ ImageId: id = '' }, { caller, images }) {
    const { account, region } = caller;
    await images.change({ account, region, id }, disabled);
    return { Return: true };
  },
});
