import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/sts.ts';
import { multiFactorNotImplemented, sessionTokenWithSessionCredentials } from '../errors.ts';
import type { StsScope } from '../scope.ts';

/**
 * Twelve hours for users; root's credentials last an hour, whatever was asked for.
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html
 */
const USER_SECONDS = 12 * 60 * 60;
const ROOT_SECONDS = 60 * 60;

export const getSessionToken = operation(model.GetSessionToken, {
  authorize: () => [],
  async handle(input, { caller, sessions }: StsScope) {
    if (input.SerialNumber !== undefined || input.TokenCode !== undefined) {
      throw multiFactorNotImplemented();
    }
    const { principal, account } = caller;
    if (principal.type === 'AssumedRole' || principal.accessKeyId?.startsWith('ASIA')) {
      throw sessionTokenWithSessionCredentials();
    }
    const asked = input.DurationSeconds ?? USER_SECONDS;
    const seconds = principal.type === 'Root' ? Math.min(asked, ROOT_SECONDS) : asked;
    const credential = await sessions.issue(account, principal, seconds);
    return {
      Credentials: {
        AccessKeyId: credential.accessKeyId,
        SecretAccessKey: credential.secretAccessKey,
        SessionToken: credential.sessionToken,
        Expiration: new Date(credential.expiresAtMs),
      },
    };
  },
});
