import type { Ec2Scope } from '../../scope.ts';

/** Whether networks are only recorded, as nothing here carries their packets. */
export function isOnlyRecorded({ compute }: Ec2Scope): boolean {
  return compute.network === undefined;
}

/** The same for operations that do more than to keep what they are told. */
export function realizeNetwork(scope: Ec2Scope): void {
  if (isOnlyRecorded(scope)) scope.realize('recorded');
}
