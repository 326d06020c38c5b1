import { arnOf } from '../../kernel/arn.ts';
import type { Caller } from '../../kernel/caller.ts';
import type { Permission } from '../../kernel/operation.ts';

/** Cloud Control asks for CloudFormation's actions, on all resources: a type is no resource to IAM. */
export function onResources(operation: string, caller: Caller): Permission {
  return {
    action: `cloudformation:${operation}`,
    resource: arnOf(caller, 'cloudformation', 'resource/*'),
  };
}
