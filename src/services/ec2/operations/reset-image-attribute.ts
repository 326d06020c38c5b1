import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { NOBODY_ELSE } from '../domain/sharing.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Leave to launch it is the one attribute that AWS resets. */
export const resetImageAttribute = operation(model.ResetImageAttribute, {
  recorded: true,
  authorize: ({ ImageId }, { caller }: Ec2Scope) =>
    onResource('ResetImageAttribute', kinds.image, ImageId, caller),
  async handle({ ImageId: id, Attribute }, { caller: { account, region }, images }) {
    if (!id) throw errors.missingParameter('imageId');
    if (Attribute !== 'launchPermission') {
      throw errors.invalidValue(Attribute ?? '', 'attribute', 'It cannot be reset.');
    }
    await images.change({ account, region, id }, (image) => ({ ...image, sharing: NOBODY_ELSE }));
    return {};
  },
});
