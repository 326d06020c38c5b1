import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { ALL_IMAGES, checkCriteria } from '../domain/images/allowed-images.ts';
import type { Ec2Scope } from '../scope.ts';

export const replaceImageCriteriaInAllowedImagesSettings = operation(
  model.ReplaceImageCriteriaInAllowedImagesSettings,
  {
    async handle({ ImageCriteria = [] }, { caller, settings }: Ec2Scope) {
      const criteria = checkCriteria(ImageCriteria);
      await settings.change(caller, (now) => ({
        ...now,
        allowedImages: { ...ALL_IMAGES, ...now.allowedImages, criteria },
      }));
      return { ReturnValue: true };
    },
  },
);
