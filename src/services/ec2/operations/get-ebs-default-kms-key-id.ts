import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { AWS_KEY } from '../domain/volumes/default-key.ts';
import type { Ec2Scope } from '../scope.ts';

export const getEbsDefaultKmsKeyId = operation(model.GetEbsDefaultKmsKeyId, {
  recorded: true,
  async handle(_, { caller, settings }: Ec2Scope) {
    const { ebsDefaultKmsKeyId = AWS_KEY } = await settings.get(caller);
    return { KmsKeyId: ebsDefaultKmsKeyId };
  },
});
