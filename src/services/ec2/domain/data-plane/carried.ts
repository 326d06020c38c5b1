import type { Ec2Scope } from '../../scope.ts';
import type { Instance } from '../instances/instance.ts';

/** Whether networks are only recorded, as nothing here carries their packets. */
export function isOnlyRecorded({ compute }: Ec2Scope): boolean {
  return compute.network === undefined;
}

/** The same for operations that do more than to keep what they are told. */
export function realizeNetwork(scope: Ec2Scope): void {
  if (isOnlyRecorded(scope)) scope.realize('recorded');
}

/** Docker brings a network of its own, which a route to the VPC would cut off from the host. */
export function isCarried({ driver = 'namespaces' }: Pick<Instance, 'driver'>): boolean {
  return driver === 'namespaces' || driver === 'qemu';
}

/** Whether its machine can have interfaces beside the first: they are in VPCs whose packets are carried. */
export function takesInterfaces(
  { compute }: { readonly compute: Pick<Ec2Scope['compute'], 'network'> },
  instance: Pick<Instance, 'driver'>,
): boolean {
  return compute.network !== undefined && isCarried(instance);
}
