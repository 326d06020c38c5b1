import type { ResourceStatus } from '@aws-sdk/client-cloudformation';
import type { Properties } from '../../../kernel/resource-type.ts';

export type { ResourceStatus };

/** One logical resource of a stack as it is recorded. */
export interface StackResource {
  readonly logicalId: string;
  readonly type: string;
  readonly status: ResourceStatus;
  readonly statusReason?: string;
  readonly updatedAtMs: number;
  readonly metadata?: string;
  /** What stands; absent before it is made and after it is gone. */
  readonly now?: Physical;
  /** The ID of what stood last and is gone. */
  readonly lastId?: string;
  /** What is being done to it, or has failed. */
  readonly change?: Change;
  /** The state in which it was not yet touched: `StackOperation.base`. */
  readonly base?: string;
  /** Made since then. */
  readonly added?: true;
  /** What stood then: under the same ID it was changed in place, under another it is replaced. */
  readonly previous?: Physical;
  /** The operation and phase that have brought it where they wanted it. */
  readonly settled?: string;
  /** Physical resources that are of no more use and not deleted yet. */
  readonly spares?: readonly Physical[];
}

/** What a resource is to be. */
export interface Desired {
  readonly properties: Properties;
  /** The stack's tags. */
  readonly tags: Readonly<Record<string, string>>;
  readonly dependsOn: readonly string[];
  readonly deletionPolicy: string;
  readonly updateReplacePolicy: string;
}

/** Something that exists. */
export interface Physical extends Desired {
  readonly id: string;
  /** The token of its deletion, once that has begun. */
  readonly deletion?: string;
}

/** A change that has begun. */
export interface Change {
  readonly kind: 'create' | 'update' | 'replace';
  /** The operation it is part of. */
  readonly operation: string;
  /** The same at every attempt. */
  readonly token: string;
  readonly desired: Desired;
  /** The new physical resource is there, but maybe not ready. */
  readonly initiated?: true;
}
