import type { Scope } from '../../kernel/operation.ts';
import type { Platform } from '../../kernel/service.ts';
import type { Deployments } from './deployment/deployments.ts';
import type { ChangeSets } from './domain/change-sets.ts';
import type { Stacks } from './domain/stacks.ts';

/** What CloudFormation's handlers are given. */
export interface CloudFormationScope extends Scope {
  readonly platform: Platform;
  readonly stacks: Stacks;
  readonly changeSets: ChangeSets;
  readonly deployments: Deployments;
}
