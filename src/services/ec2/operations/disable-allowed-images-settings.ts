import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { ALL_IMAGES } from '../domain/images/allowed-images.ts';
import type { Ec2Scope } from '../scope.ts';

/** The criteria are kept for when they are enabled again. */
export const disableAllowedImagesSettings = operation(model.DisableAllowedImagesSettings, {
  async handle(_, { caller, settings }: Ec2Scope) {
    await settings.change(caller, (now) => ({
      ...now,
      allowedImages: { ...ALL_IMAGES, ...now.allowedImages, state: 'disabled' },
    }));
    return { AllowedImagesSettingsState: 'disabled' as const };
  },
});
