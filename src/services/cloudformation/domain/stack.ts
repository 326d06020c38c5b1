import type { StackStatus } from '@aws-sdk/client-cloudformation';
import { arnOf } from '../../../kernel/arn.ts';
import type { Caller } from '../../../kernel/caller.ts';
import type { ParameterValue } from '../template/parameters.ts';
import type { StackResource } from './stack-resource.ts';

export type { StackStatus };
export type Owner = Pick<Caller, 'account' | 'region'>;

/** A stack as it is recorded. */
export interface Stack extends Owner {
  /** The ARN, AWS's StackId. */
  readonly id: string;
  /** The ARN's last part: what the stack's other records are kept under. */
  readonly uuid: string;
  readonly name: string;
  readonly status: StackStatus;
  readonly statusReason?: string;
  readonly createdAtMs: number;
  readonly updatedAtMs?: number;
  readonly deletedAtMs?: number;
  /** What it is, or while an operation runs is to become; absent in REVIEW_IN_PROGRESS. */
  readonly revision?: Revision;
  /** What is under way, or was last. */
  readonly operation?: StackOperation;
  readonly outputs: readonly StackOutput[];
  /** The names of other stacks' exports that its resources and outputs were made with. */
  readonly imports?: readonly string[];
  readonly settings: StackSettings;
  readonly terminationProtection: boolean;
  readonly changeSetId?: string;
  /** How many events it has, and when the last one was: no two have one time. */
  readonly events: number;
  readonly lastEventAtMs: number;
}

/** What a stack is asked to be: a template and all that fills it in. */
export interface Revision {
  /** Where the template's text is kept. */
  readonly templateId: string;
  readonly description?: string;
  /** By name. */
  readonly parameters: readonly (readonly [string, ParameterValue])[];
  readonly tags: Readonly<Record<string, string>>;
  readonly capabilities: readonly string[];
}

export interface StackOutput {
  readonly key: string;
  readonly value: string;
  readonly description?: string;
  readonly exportName?: string;
}

/** What is kept with a stack beside what it is made of. */
export interface StackSettings {
  readonly onFailure: OnFailure;
  readonly timeoutInMinutes?: number;
  readonly retainExceptOnCreate?: boolean;
  /** Recorded only: nothing is sent to them. */
  readonly notificationArns: readonly string[];
  /** Recorded only: resources are made as the caller. */
  readonly roleArn?: string;
}

export type OnFailure = 'ROLLBACK' | 'DO_NOTHING' | 'DELETE';

/** One create, update, rollback or deletion. */
export interface StackOperation {
  readonly id: string;
  /** The order that carries it out, in the journal of workflows. */
  readonly order: string;
  readonly caller: Caller;
  /** The client's own name for it, shown in its events. */
  readonly token?: string | undefined;
  /**
   * Names the state that a rollback goes back to: the operation's own ID, or that of the first of
   * several that failed and were left as they were.
   */
  readonly base: string;
  /** What the stack was in that state. */
  readonly before?: Pick<Stack, 'revision' | 'outputs' | 'imports'>;
  readonly startedAtMs: number;
  readonly onFailure: OnFailure;
  /** Logical IDs that a deletion leaves alone, or a rollback. */
  readonly skip?: readonly string[] | undefined;
  /** Somebody wants something else now: nothing more is begun. */
  readonly interruption?: Interruption;
}

/** Where an operation goes once what is in hand has come to rest. */
export interface Interruption {
  readonly status: StackStatus;
  readonly reason?: string;
  /** What takes the operation's place. */
  readonly operation?: StackOperation;
}

export function stackArn(owner: Owner, name: string, uuid: string): string {
  return arnOf(owner, 'cloudformation', `stack/${name}/${uuid}`);
}

/** Whether a resource was touched since the state that a rollback would go back to. */
export function isTouched({ base }: StackResource, { operation }: Stack): boolean {
  return base !== undefined && base === operation?.base;
}
