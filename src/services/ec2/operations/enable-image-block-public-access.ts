import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { oneOf } from '../domain/launch/settings.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

export const enableImageBlockPublicAccess = operation(model.EnableImageBlockPublicAccess, {
  recorded: true,
  async handle(input, { caller, settings }: Ec2Scope) {
    const asked = input.ImageBlockPublicAccessState;
    if (asked === undefined) throw errors.missingParameter('ImageBlockPublicAccessState');
    const state = oneOf(['block-new-sharing'], asked, 'ImageBlockPublicAccessState');
    await settings.change(caller, (now) => ({ ...now, imagePublicAccess: state }));
    return { ImageBlockPublicAccessState: state };
  },
});
