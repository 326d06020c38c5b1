import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { ALL_IMAGES } from '../domain/images/allowed-images.ts';
import type { Ec2Scope } from '../scope.ts';

export const getAllowedImagesSettings = operation(model.GetAllowedImagesSettings, {
  async handle(_, { caller, settings }: Ec2Scope) {
    const { allowedImages: { state, criteria } = ALL_IMAGES } = await settings.get(caller);
    return { State: state, ImageCriteria: [...criteria], ManagedBy: 'account' as const };
  },
});
