import type { Caller } from '../../../kernel/caller.ts';

/** Where a resource lives: an account's region. */
export type Place = Pick<Caller, 'account' | 'region'>;
