import type { Clock } from '../../kernel/clock.ts';
import type { Scope } from '../../kernel/operation.ts';
import type { Platform } from '../../kernel/service.ts';
import type { Parameters } from './domain/parameters.ts';
import type { SecureStrings } from './domain/secure-strings.ts';

/** What SSM's handlers are given. */
export interface SsmScope extends Scope {
  readonly clock: Clock;
  readonly parameters: Parameters;
  readonly secureStrings: SecureStrings;
  /** Calls another service's public operation. */
  readonly platform: Pick<Platform, 'invoke'>;
}
