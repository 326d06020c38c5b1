import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { enabled } from '../domain/images/availability.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import type { Ec2Scope } from '../scope.ts';

/** Those who had leave to launch it before it was disabled do not get it back. */
export const enableImage = operation(model.EnableImage, {
  authorize: ({ ImageId }, { caller }: Ec2Scope) =>
    onResource('EnableImage', kinds.image, ImageId, caller),
  async handle({ ImageId: id = '' }, { caller, images }) {
    const { account, region } = caller;
    await images.change({ account, region, id }, enabled);
    return { Return: true };
  },
});
