import { service } from '../../kernel/service.ts';
import { getAccessKeyInfo } from './operations/get-access-key-info.ts';
import { getCallerIdentity } from './operations/get-caller-identity.ts';
import { getSessionToken } from './operations/get-session-token.ts';
import type { StsScope } from './scope.ts';

export const sts = service<StsScope>({
  name: 'sts',
  operations: [getAccessKeyInfo, getCallerIdentity, getSessionToken],
  create: ({ sessions }) => ({ scope: { sessions } }),
});
