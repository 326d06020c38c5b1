import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { unprotected } from '../domain/images/availability.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import type { Ec2Scope } from '../scope.ts';

/** An image that was protected with a cooldown cannot be deregistered for another day. */
export const disableImageDeregistrationProtection = operation(
  model.DisableImageDeregistrationProtection,
  {
    authorize: ({ ImageId }, { caller }: Ec2Scope) =>
      onResource('DisableImageDeregistrationProtection', kinds.image, ImageId, caller),
    async handle({ ImageId: id = '' }, { caller, images, clock }) {
      const { account, region } = caller;
      const now = clock.now();
      await images.change({ account, region, id }, (image) => unprotected(image, now));
      return { Return: 'disabled' };
    },
  },
);
