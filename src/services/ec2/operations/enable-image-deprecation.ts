import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { deprecated } from '../domain/images/availability.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Launches go on; those who do not own the image do not find it any more unless they ask for it. */
export const enableImageDeprecation = operation(model.EnableImageDeprecation, {
  authorize: ({ ImageId }, { caller }: Ec2Scope) =>
    onResource('EnableImageDeprecation', kinds.image, ImageId, caller),
  async handle({ ImageId: id = '', DeprecateAt }, { caller, images, clock }) {
    if (!DeprecateAt) throw errors.missingParameter('DeprecateAt');
    const { account, region } = caller;
    const now = clock.now();
    await images.change({ account, region, id }, (image) => deprecated(image, DeprecateAt, now));
    return { Return: true };
  },
});
