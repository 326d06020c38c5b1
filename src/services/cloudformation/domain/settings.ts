import type { OnFailure, Stack, StackSettings } from './stack.ts';
import * as errors from '../errors.ts';

interface SettingsInput {
  readonly OnFailure?: OnFailure;
  readonly OnStackFailure?: OnFailure;
  readonly DisableRollback?: boolean;
  readonly TimeoutInMinutes?: number;
  readonly RetainExceptOnCreate?: boolean;
  readonly NotificationARNs?: readonly string[];
  readonly RoleARN?: string;
}

/** What a request says on how a stack is kept; what it leaves open stays as it is. */
export function settingsOf(input: SettingsInput): Partial<StackSettings> {
  const { OnFailure: given, OnStackFailure = given, DisableRollback } = input;
  if (given !== undefined && DisableRollback !== undefined) {
    throw errors.validation('Either OnFailure or DisableRollback can be specified, not both.');
  }
  const onFailure = OnStackFailure ?? (DisableRollback === true ? 'DO_NOTHING' : undefined);
  return {
    ...(onFailure !== undefined && { onFailure }),
    ...(input.TimeoutInMinutes !== undefined && { timeoutInMinutes: input.TimeoutInMinutes }),
    ...(input.RetainExceptOnCreate !== undefined && {
      retainExceptOnCreate: input.RetainExceptOnCreate,
    }),
    ...(input.NotificationARNs !== undefined && { notificationArns: input.NotificationARNs }),
    ...(input.RoleARN !== undefined && { roleArn: input.RoleARN }),
  };
}

/** Parameters that AWS has and Alacarte has not built. */
const unbuilt = [
  'TemplateURL',
  'StackPolicyBody',
  'StackPolicyURL',
  'StackPolicyDuringUpdateBody',
  'StackPolicyDuringUpdateURL',
  'ResourcesToImport',
  'ResourceTypes',
] as const;

/** @throws NotImplemented naming the first parameter that would have no effect */
export function refuseUnbuiltParameters(input: object): void {
  const given = input as Readonly<Record<string, unknown>>;
  for (const name of unbuilt) {
    if (given[name] !== undefined) throw errors.notBuilt(`the parameter ${name}`);
  }
  const { RollbackConfiguration: rollback } = given as {
    RollbackConfiguration?: { RollbackTriggers?: readonly unknown[] };
  };
  if (rollback?.RollbackTriggers?.length) throw errors.notBuilt('RollbackTriggers');
}

/** Whether it was asked for something that is described but has no effect. */
export function isPartlyRecorded({ settings }: Stack): boolean {
  const { notificationArns, roleArn } = settings;
  return notificationArns.length > 0 || roleArn !== undefined;
}
