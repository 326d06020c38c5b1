import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import type { Ec2Scope } from '../scope.ts';

export const enableImageDeregistrationProtection = operation(
  model.EnableImageDeregistrationProtection,
  {
    authorize: ({ ImageId }, { caller }: Ec2Scope) =>
      onResource('EnableImageDeregistrationProtection', kinds.image, ImageId, caller),
    async handle({ ImageId: id = '', WithCooldown: withCooldown = false }, { caller, images }) {
      const { account, region } = caller;
      await images.change({ account, region, id }, (image) => ({
        ...image,
        protection: { withCooldown },
      }));
      return { Return: `enabled-with${withCooldown ? '' : 'out'}-cooldown` };
    },
  },
);
