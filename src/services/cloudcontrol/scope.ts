import type { Scope } from '../../kernel/operation.ts';
import type { Requests } from './domain/requests.ts';
import type { Resources } from './domain/resources.ts';

/** What Cloud Control's handlers are given. */
export interface CloudControlScope extends Scope {
  readonly resources: Resources;
  readonly requests: Requests;
}
