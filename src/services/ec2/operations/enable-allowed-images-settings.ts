import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { ALL_IMAGES } from '../domain/images/allowed-images.ts';
import { oneOf } from '../domain/launch/settings.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Images of others that meet no criterion are hidden from now on; audited they only say so. */
export const enableAllowedImagesSettings = operation(model.EnableAllowedImagesSettings, {
  async handle({ AllowedImagesSettingsState: asked }, { caller, settings }: Ec2Scope) {
    if (asked === undefined) throw errors.missingParameter('AllowedImagesSettingsState');
    const state = oneOf(['enabled', 'audit-mode'], asked, 'AllowedImagesSettingsState');
    await settings.change(caller, (now) => ({
      ...now,
      allowedImages: { ...ALL_IMAGES, ...now.allowedImages, state },
    }));
    return { AllowedImagesSettingsState: state };
  },
});
