import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Ec2Scope } from '../scope.ts';

/** Volumes that are made from now on are encrypted where a request says so. */
export const disableEbsEncryptionByDefault = operation(model.DisableEbsEncryptionByDefault, {
  recorded: true,
  async handle(_, { caller, settings }: Ec2Scope) {
    await settings.change(caller, (now) => ({ ...now, ebsEncryptionByDefault: false }));
    return { EbsEncryptionByDefault: false };
  },
});
