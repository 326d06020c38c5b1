import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import type { Ec2Scope } from '../scope.ts';

export const disableImageDeprecation = operation(model.DisableImageDeprecation, {
  authorize: ({ ImageId }, { caller }: Ec2Scope) =>
    onResource('DisableImageDeprecation', kinds.image, ImageId, caller),
  async handle({ ImageId: id = '' }, { caller, images }) {
    const { account, region } = caller;
    await images.change({ account, region, id }, (image) => {
      const { deprecatedAtMs: _, ...kept } = image;
      return kept;
    });
    return { Return: true };
  },
});
