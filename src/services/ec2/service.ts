import { service } from '../../kernel/service.ts';
import { SettingsOfAccounts } from './domain/account-settings.ts';
import type { EventWindowRecord } from './domain/event-windows/event-window.ts';
import type { FleetRecord } from './domain/fleets/fleet.ts';
import { RoleCredentials } from './domain/profiles/role-credentials.ts';
import { PacketController } from './domain/data-plane/packet-controller.ts';
import { ImageOrders } from './domain/images/image-orders.ts';
import { ImportOrders } from './domain/imports/import-orders.ts';
import { OwnImages } from './domain/images/own-images.ts';
import { Instances } from './domain/instances/instances.ts';
import { KeyPairs } from './domain/key-pairs/key-pairs.ts';
import { MachineController } from './domain/machines/machine-controller.ts';
import { Machines } from './domain/machines/machines.ts';
import { Reachability } from './domain/machines/reachability.ts';
import { instanceWorkflows } from './domain/machines/workflows.ts';
import { IdentitySigner } from './domain/metadata/identity-signer.ts';
import { InstanceMetadata } from './domain/metadata/instance-metadata.ts';
import { Networks } from './domain/network/networks.ts';
import type { PlacementGroupRecord } from './domain/placement-groups/placement-group.ts';
import { kinds } from './domain/resource-kinds.ts';
import { SecurityGroups } from './domain/security-groups/security-groups.ts';
import { SnapshotOrders } from './domain/snapshots/snapshot-orders.ts';
import { Snapshots } from './domain/snapshots/snapshots.ts';
import { Tags } from './domain/tags.ts';
import { VolumeAttachments } from './domain/volumes/attachments.ts';
import { RootReplacements } from './domain/root-replacements/root-replacements.ts';
import { RootVolumes } from './domain/volumes/root-volumes.ts';
import { Volumes } from './domain/volumes/volumes.ts';
import { Inventory } from './domain/inventory.ts';
import { LaunchTemplates } from './domain/launch-templates/launch-templates.ts';
import type { CapacityReservationRecord } from './domain/capacity-reservations/reservation.ts';
import type { HostRecord } from './domain/hosts/host.ts';
import { fleetRounds } from './domain/fleets/rounds.ts';
import { spotRounds } from './domain/spot/rounds.ts';
import type { SpotRequestRecord } from './domain/spot/request.ts';
import { accountOperations } from './account-operations.ts';
import { instanceOperations } from './instance-operations.ts';
import { keyPairOperations } from './key-pair-operations.ts';
import { securityGroupOperations } from './security-group-operations.ts';
import { snapshotOperations } from './snapshot-operations.ts';
import { volumeOperations } from './volume-operations.ts';
import { capacityOperations } from './capacity-operations.ts';
import { honourDryRun } from './dry-run.ts';
import { imageOperations } from './image-operations.ts';
import { importOperations } from './import-operations.ts';
import * as launchErrors from './launch-errors.ts';
import { launchOperations } from './launch-operations.ts';
import { endpointOperations } from './endpoint-operations.ts';
import { flowLogOperations } from './flow-log-operations.ts';
import { networkOperations } from './network-operations.ts';
import { profileOperations } from './profile-operations.ts';
import { reachabilityOperations } from './reachability-operations.ts';
import { runInstances } from './operations/run-instances.ts';
import { resourceTypes } from './resource-types.ts';
import type { Ec2, Ec2Scope } from './scope.ts';
import { transitOperations } from './transit-operations.ts';
import { vpnOperations } from './vpn-operations.ts';

export const ec2 = service<Ec2Scope>({
  name: 'ec2',
  operations: [
    ...accountOperations,
    ...capacityOperations,
    ...endpointOperations,
    ...flowLogOperations,
    ...imageOperations,
    ...importOperations,
    ...instanceOperations,
    ...keyPairOperations,
    ...launchOperations,
    ...networkOperations,
    ...profileOperations,
    ...reachabilityOperations,
    ...securityGroupOperations,
    ...snapshotOperations,
    ...transitOperations,
    ...volumeOperations,
    ...vpnOperations,
  ]
    .map(honourDryRun)
    // RunInstances checks everything before it tells a dry run that it would have succeeded.
    .concat(runInstances),
  resourceTypes,
  create(platform) {
    const { store, clock, ids, compute, log, workflows, sessions } = platform;
    const tags = new Tags(store);
    const networks = new Networks(store, ids, tags);
    const instances = new Instances(store, clock, tags);
    const volumes = new Volumes(store, instances, tags);
    const launchTemplates = new LaunchTemplates(store, tags);
    const fleets = new Inventory<FleetRecord>(store, tags, {
      kind: kinds.fleet,
      id: ({ id }) => id,
    });
    const placementGroups = new Inventory<PlacementGroupRecord>(store, tags, {
      kind: kinds.placementGroup,
      id: ({ id }) => id,
      unique: { name: ({ name }) => name, taken: launchErrors.placementGroupTaken },
    });
    const capacityReservations = new Inventory<CapacityReservationRecord>(store, tags, {
      kind: kinds.capacityReservation,
      id: ({ id }) => id,
    });
    const hosts = new Inventory<HostRecord>(store, tags, {
      kind: kinds.dedicatedHost,
      id: ({ id }) => id,
    });
    const spotRequests = new Inventory<SpotRequestRecord>(store, tags, {
      kind: kinds.spotInstancesRequest,
      id: ({ id }) => id,
    });
    const eventWindows = new Inventory<EventWindowRecord>(store, tags, {
      kind: kinds.instanceEventWindow,
      id: ({ id }) => id,
    });
    const { driver, disks } = compute;
    const attachments = new VolumeAttachments({
      ...{ clock, ids, volumes, tags, workflows, compute },
    });
    const snapshots = new Snapshots(store);
    const snapshotOrders = new SnapshotOrders({
      ...{ store, clock, ids, tags, workflows, driver, disks, volumes, snapshots },
    });
    const images = new OwnImages(store);
    const machines = new Machines({ instances, networks, driver, attachments, tags, log });
    const rootVolumes = new RootVolumes({ volumes, attachments, machines, driver, disks });
    const rootReplacements = new RootReplacements({
      ...{ store, clock, tags, workflows, instances, machines, volumes, attachments, disks },
    });
    const imageOrders = new ImageOrders({
      ...{ store, ids, tags, workflows, instances, machines, images, snapshots: snapshotOrders },
    });
    const importOrders = new ImportOrders({
      ...{ store, clock, ids, tags, workflows, disks, images, snapshots: snapshotOrders },
    });
    const controller = new MachineController({ instances, machines, driver, clock, log });
    const { network } = compute;
    const packets = new PacketController({ network, store, instances, networks, clock, log });
    const orders = instanceWorkflows(machines);
    const signer = new IdentitySigner(store, ids);
    const credentials = new RoleCredentials(sessions, clock);
    compute.serveMetadata(
      new InstanceMetadata({ clock, compute, instances, networks, tags, signer, credentials }),
    );
    const parts: Ec2 = {
      store,
      clock,
      ids,
      compute,
      invoke: (caller, operation, input) => platform.invoke(caller, operation, input),
      settings: new SettingsOfAccounts(store),
      tags,
      networks,
      securityGroups: new SecurityGroups(networks),
      keyPairs: new KeyPairs(store, tags),
      instances,
      volumes,
      attachments,
      rootVolumes,
      rootReplacements,
      snapshots,
      snapshotOrders,
      images,
      imageOrders,
      importOrders,
      launchTemplates,
      placementGroups,
      fleets,
      capacityReservations,
      eventWindows,
      hosts,
      spotRequests,
      inventories: [
        ...[launchTemplates.inventory, placementGroups, fleets],
        ...[spotRequests, capacityReservations, hosts, eventWindows],
        ...[importOrders.imageTasks, importOrders.snapshotTasks, rootReplacements.tasks],
      ],
      workflows,
      orders,
      controller,
      reachability: new Reachability(driver, clock),
    };
    return {
      scope: parts,
      workflows: [
        orders.launch,
        orders.start,
        orders.reboot,
        ...attachments.workflows,
        ...rootVolumes.workflows,
        rootReplacements.workflow,
        ...snapshotOrders.workflows,
        imageOrders.creation,
        importOrders.workflow,
      ],
      controllers: [controller, packets, spotRounds(parts, log), fleetRounds(parts, log)],
    };
  },
});
