import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Ec2Scope } from '../scope.ts';

export const getEbsEncryptionByDefault = operation(model.GetEbsEncryptionByDefault, {
  recorded: true,
  async handle(_, { caller, settings }: Ec2Scope) {
    const { ebsEncryptionByDefault = false } = await settings.get(caller);
    return {
      EbsEncryptionByDefault: ebsEncryptionByDefault,
      SseType: ebsEncryptionByDefault ? ('sse-ebs' as const) : ('none' as const),
    };
  },
});
