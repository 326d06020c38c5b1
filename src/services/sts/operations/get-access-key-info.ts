import { accountOf } from '../../../identity/access-key-id.ts';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/sts.ts';
import { unknownAccessKey } from '../errors.ts';
import type { StsScope } from '../scope.ts';

/** AWS reads the account out of the key itself and does not look whether the key exists. */
export const getAccessKeyInfo = operation(model.GetAccessKeyInfo, {
  handle({ AccessKeyId }, _scope: StsScope) {
    const account = AccessKeyId === undefined ? undefined : accountOf(AccessKeyId);
    if (account === undefined) throw unknownAccessKey();
    return { Account: account };
  },
});
