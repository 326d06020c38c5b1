import { AwsError } from '../kernel/aws-error.ts';
import type { Resolved, Unresolved } from './resolve.ts';

/**
 * What a fault of ours looks like from outside: the service's own code for it, no details. The
 * cause is in the log, under the same request ID.
 */
export function internalFailure(call: Resolved | Unresolved, cause: unknown): AwsError {
  const code = modelledCode(call) ?? usualCode(call);
  const message = 'We encountered an internal error. Please try again.';
  return new AwsError(code, message, { status: 500, cause });
}

/** e.g. DynamoDB's `InternalServerError` */
function modelledCode(call: Resolved | Unresolved): string | undefined {
  if (!('operation' in call)) return undefined;
  const { operation, model } = call;
  return operation.errors?.find((name) => {
    const shape = model.shapes[name];
    return (
      name.startsWith('Internal') && shape?.type === 'structure' && shape.error?.fault === 'server'
    );
  });
}

function usualCode({ protocol }: Resolved | Unresolved): string {
  return ['ec2-query', 'rest-xml'].includes(protocol.name) ? 'InternalError' : 'InternalFailure';
}
