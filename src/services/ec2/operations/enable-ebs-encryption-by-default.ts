import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Ec2Scope } from '../scope.ts';

/** Volumes that are made from now on are encrypted, asked for or not: the disk says so, its bytes are as they are. */
export const enableEbsEncryptionByDefault = operation(model.EnableEbsEncryptionByDefault, {
  recorded: true,
  async handle(_, { caller, settings }: Ec2Scope) {
    await settings.change(caller, (now) => ({ ...now, ebsEncryptionByDefault: true }));
    return { EbsEncryptionByDefault: true };
  },
});
