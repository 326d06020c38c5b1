import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/sts.ts';
import type { StsScope } from '../scope.ts';

/** Needs no permission, as AWS has it. */
export const getCallerIdentity = operation(model.GetCallerIdentity, {
  authorize: () => [],
  handle(_input, { caller }: StsScope) {
    const { account, principal } = caller;
    return { UserId: principal.userId, Account: account, Arn: principal.arn };
  },
});
