import type { AnyOperation } from '../../kernel/operation.ts';
import * as errors from './errors.ts';
import type { Ec2Scope } from './scope.ts';

/** Every operation of EC2 takes `DryRun`: it authorizes, and does nothing more. */
export function honourDryRun(operation: AnyOperation<Ec2Scope>): AnyOperation<Ec2Scope> {
  return {
    ...operation,
    handle(input: { readonly DryRun?: boolean }, scope) {
      if (input.DryRun) throw errors.dryRun();
      return operation.handle(input, scope);
    },
  };
}
