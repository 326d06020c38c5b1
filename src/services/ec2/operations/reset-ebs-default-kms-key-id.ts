import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { AWS_KEY } from '../domain/volumes/default-key.ts';
import type { Ec2Scope } from '../scope.ts';

export const resetEbsDefaultKmsKeyId = operation(model.ResetEbsDefaultKmsKeyId, {
  recorded: true,
  async handle(_, { caller, settings }: Ec2Scope) {
    await settings.change(caller, ({ ebsDefaultKmsKeyId: _key, ...kept }) => kept);
    return { KmsKeyId: AWS_KEY };
  },
});
