import { partitionOf } from '../../../kernel/arn.ts';
import type { StackFacts } from '../template/environment.ts';
import type { Stack } from './stack.ts';

/** What a template's pseudo-parameters say of a stack. */
export function stackFacts(stack: Stack): StackFacts {
  return {
    accountId: stack.account,
    region: stack.region,
    partition: partitionOf(stack.region),
    stackId: stack.id,
    stackName: stack.name,
    notificationArns: stack.settings.notificationArns,
  };
}
