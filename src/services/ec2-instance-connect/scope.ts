import type { Compute } from '../../compute/compute.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Scope } from '../../kernel/operation.ts';
import type { Instances } from '../ec2/domain/instances/instances.ts';

/** What EC2 Instance Connect's handlers are given. */
export interface InstanceConnectScope extends Scope {
  readonly clock: Clock;
  readonly compute: Compute;
  readonly instances: Instances;
}
