import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { keyArn } from '../domain/volumes/default-key.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Recorded, and shown of volumes that are encrypted from now on: there is no KMS, so any key is there. */
export const modifyEbsDefaultKmsKeyId = operation(model.ModifyEbsDefaultKmsKeyId, {
  recorded: true,
  async handle({ KmsKeyId }, { caller, settings }: Ec2Scope) {
    if (!KmsKeyId) throw errors.missingParameter('KmsKeyId');
    const ebsDefaultKmsKeyId = keyArn(KmsKeyId, caller);
    await settings.change(caller, (now) => ({ ...now, ebsDefaultKmsKeyId }));
    return { KmsKeyId: ebsDefaultKmsKeyId };
  },
});
