import type { Permission } from '../../../kernel/operation.ts';
import type { CloudFormationScope } from '../scope.ts';
import { stackArn } from './stack.ts';

/** Leave to do `operation` on the stack that the request names. */
export function onStack(operation: string) {
  return (input: { readonly StackName?: unknown }, { caller }: CloudFormationScope): Permission => {
    const name = typeof input.StackName === 'string' ? input.StackName : '';
    const resource =
      name === '' ? '*' : name.startsWith('arn:') ? name : stackArn(caller, name, '*');
    return { action: `cloudformation:${operation}`, resource };
  };
}
