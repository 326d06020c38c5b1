import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Ec2Scope } from '../scope.ts';

/** In an account that has never said, no image can be made public, as on AWS since 2023. */
export const getImageBlockPublicAccessState = operation(model.GetImageBlockPublicAccessState, {
  recorded: true,
  async handle(_, { caller, settings }: Ec2Scope) {
    const { imagePublicAccess = 'block-new-sharing' } = await settings.get(caller);
    return { ImageBlockPublicAccessState: imagePublicAccess, ManagedBy: 'account' as const };
  },
});
