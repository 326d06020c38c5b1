import type { Scope } from '../../kernel/operation.ts';
import type { Parameters } from './domain/parameters.ts';

/** What SSM's handlers are given. */
export interface SsmScope extends Scope {
  readonly parameters: Parameters;
}
