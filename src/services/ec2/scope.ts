import type { Compute } from '../../compute/compute.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Ids } from '../../kernel/ids.ts';
import type { Scope } from '../../kernel/operation.ts';
import type { Engine } from '../../storage/engine.ts';
import type { Instances } from './domain/instances/instances.ts';
import type { Machines } from './domain/machines/machines.ts';
import type { KeyPairs } from './domain/key-pairs/key-pairs.ts';
import type { Networks } from './domain/network/networks.ts';
import type { Tags } from './domain/tags.ts';

/** The parts of EC2 in one cloud. */
export interface Ec2 {
  readonly store: Engine;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly compute: Compute;
  readonly tags: Tags;
  readonly networks: Networks;
  readonly keyPairs: KeyPairs;
  readonly instances: Instances;
  readonly machines: Machines;
}

/** What EC2's handlers are given. */
export interface Ec2Scope extends Scope, Ec2 {}
