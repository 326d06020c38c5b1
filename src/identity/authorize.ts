import { AwsError } from '../kernel/aws-error.ts';
import type { Caller } from '../kernel/caller.ts';
import type { Permission } from '../kernel/operation.ts';

/**
 * Refuses what the caller's policies do not allow. Root and Alacarte's own services may do
 * everything; no other principal can exist until IAM is built, and one that did would be refused.
 */
export function authorize({ principal }: Caller, permissions: readonly Permission[]): void {
  if (principal.type === 'Root' || principal.type === 'Service') return;
  const [first] = permissions;
  if (!first) return; // an operation that everybody may call, such as GetSessionToken
  const { action, resource } = first;
  throw new AwsError(
    'AccessDenied',
    `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
    { status: 403 },
  );
}
