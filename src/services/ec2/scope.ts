import type { Compute } from '../../compute/compute.ts';
import type { Clock } from '../../kernel/clock.ts';
import type { Ids } from '../../kernel/ids.ts';
import type { Scope } from '../../kernel/operation.ts';
import type { Platform } from '../../kernel/service.ts';
import type { Engine } from '../../storage/engine.ts';
import type { Workflows } from '../../workflows/workflows.ts';
import type { SettingsOfAccounts } from './domain/account-settings.ts';
import type { CapacityReservationRecord } from './domain/capacity-reservations/reservation.ts';
import type { HostRecord } from './domain/hosts/host.ts';
import type { ImageOrders } from './domain/images/image-orders.ts';
import type { OwnImages } from './domain/images/own-images.ts';
import type { ImportOrders } from './domain/imports/import-orders.ts';
import type { EventWindowRecord } from './domain/event-windows/event-window.ts';
import type { FleetRecord } from './domain/fleets/fleet.ts';
import type { Instances } from './domain/instances/instances.ts';
import type { KeyPairs } from './domain/key-pairs/key-pairs.ts';
import type { Inventory } from './domain/inventory.ts';
import type { LaunchTemplates } from './domain/launch-templates/launch-templates.ts';
import type { MachineController } from './domain/machines/machine-controller.ts';
import type { PlacementGroupRecord } from './domain/placement-groups/placement-group.ts';
import type { Reachability } from './domain/machines/reachability.ts';
import type { InstanceWorkflows } from './domain/machines/workflows.ts';
import type { Networks } from './domain/network/networks.ts';
import type { SecurityGroups } from './domain/security-groups/security-groups.ts';
import type { SnapshotOrders } from './domain/snapshots/snapshot-orders.ts';
import type { Snapshots } from './domain/snapshots/snapshots.ts';
import type { SpotRequestRecord } from './domain/spot/request.ts';
import type { Tags } from './domain/tags.ts';
import type { VolumeAttachments } from './domain/volumes/attachments.ts';
import type { RootReplacements } from './domain/root-replacements/root-replacements.ts';
import type { RootVolumes } from './domain/volumes/root-volumes.ts';
import type { Volumes } from './domain/volumes/volumes.ts';

/** The parts of EC2 in one cloud. */
export interface Ec2 {
  readonly store: Engine;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly compute: Compute;
  readonly invoke: Platform['invoke'];
  readonly settings: SettingsOfAccounts;
  readonly tags: Tags;
  readonly networks: Networks;
  readonly securityGroups: SecurityGroups;
  readonly keyPairs: KeyPairs;
  readonly instances: Instances;
  readonly volumes: Volumes;
  readonly attachments: VolumeAttachments;
  readonly rootVolumes: RootVolumes;
  readonly rootReplacements: RootReplacements;
  readonly snapshots: Snapshots;
  readonly snapshotOrders: SnapshotOrders;
  readonly images: OwnImages;
  readonly imageOrders: ImageOrders;
  readonly importOrders: ImportOrders;
  readonly launchTemplates: LaunchTemplates;
  readonly placementGroups: Inventory<PlacementGroupRecord>;
  readonly fleets: Inventory<FleetRecord>;
  readonly capacityReservations: Inventory<CapacityReservationRecord>;
  readonly eventWindows: Inventory<EventWindowRecord>;
  readonly hosts: Inventory<HostRecord>;
  readonly spotRequests: Inventory<SpotRequestRecord>;
  /** All that there are, each of its kind. */
  readonly inventories: readonly Pick<Inventory<object>, 'kind' | 'get'>[];
  readonly workflows: Workflows;
  readonly orders: InstanceWorkflows;
  readonly controller: MachineController;
  readonly reachability: Reachability;
}

/** What EC2's handlers are given. */
export interface Ec2Scope extends Scope, Ec2 {}
