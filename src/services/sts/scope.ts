import type { SessionCredentials } from '../../identity/session-credentials.ts';
import type { Scope } from '../../kernel/operation.ts';

/** What STS's handlers are given. */
export interface StsScope extends Scope {
  readonly sessions: SessionCredentials;
}
