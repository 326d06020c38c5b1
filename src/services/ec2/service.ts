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
import { Volumes } from './domain/volumes/volumes.ts';
import { Inventory } from './domain/inventory.ts';
import { LaunchTemplates } from './domain/launch-templates/launch-templates.ts';
import type { CapacityReservationRecord } from './domain/capacity-reservations/reservation.ts';
import type { HostRecord } from './domain/hosts/host.ts';
import { fleetRounds } from './domain/fleets/rounds.ts';
import { spotRounds } from './domain/spot/rounds.ts';
import type { SpotRequestRecord } from './domain/spot/request.ts';
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
import { attachVolume } from './operations/attach-volume.ts';
import { authorizeSecurityGroupEgress } from './operations/authorize-security-group-egress.ts';
import { authorizeSecurityGroupIngress } from './operations/authorize-security-group-ingress.ts';
import { createKeyPair } from './operations/create-key-pair.ts';
import { createSecurityGroup } from './operations/create-security-group.ts';
import { createTags } from './operations/create-tags.ts';
import { createVolume } from './operations/create-volume.ts';
import { deleteKeyPair } from './operations/delete-key-pair.ts';
import { deleteSecurityGroup } from './operations/delete-security-group.ts';
import { deleteTags } from './operations/delete-tags.ts';
import { deleteVolume } from './operations/delete-volume.ts';
import { describeAccountAttributes } from './operations/describe-account-attributes.ts';
import { describeAvailabilityZones } from './operations/describe-availability-zones.ts';
import { describeImages } from './operations/describe-images.ts';
import { describeInstanceAttribute } from './operations/describe-instance-attribute.ts';
import { describeInstanceCreditSpecifications } from './operations/describe-instance-credit-specifications.ts';
import { describeInstanceStatus } from './operations/describe-instance-status.ts';
import { describeInstanceTypeOfferings } from './operations/describe-instance-type-offerings.ts';
import { describeInstanceTypes } from './operations/describe-instance-types.ts';
import { describeInstances } from './operations/describe-instances.ts';
import { describeKeyPairs } from './operations/describe-key-pairs.ts';
import { describeRegions } from './operations/describe-regions.ts';
import { describeSecurityGroupRules } from './operations/describe-security-group-rules.ts';
import { describeSecurityGroups } from './operations/describe-security-groups.ts';
import { describeTags } from './operations/describe-tags.ts';
import { describeVolumeAttribute } from './operations/describe-volume-attribute.ts';
import { describeVolumeStatus } from './operations/describe-volume-status.ts';
import { describeVolumesModifications } from './operations/describe-volumes-modifications.ts';
import { describeVolumes } from './operations/describe-volumes.ts';
import { detachVolume } from './operations/detach-volume.ts';
import { disableEbsEncryptionByDefault } from './operations/disable-ebs-encryption-by-default.ts';
import { disableImageBlockPublicAccess } from './operations/disable-image-block-public-access.ts';
import { disableSerialConsoleAccess } from './operations/disable-serial-console-access.ts';
import { disableSnapshotBlockPublicAccess } from './operations/disable-snapshot-block-public-access.ts';
import { enableEbsEncryptionByDefault } from './operations/enable-ebs-encryption-by-default.ts';
import { enableImageBlockPublicAccess } from './operations/enable-image-block-public-access.ts';
import { enableSerialConsoleAccess } from './operations/enable-serial-console-access.ts';
import { enableSnapshotBlockPublicAccess } from './operations/enable-snapshot-block-public-access.ts';
import { getConsoleOutput } from './operations/get-console-output.ts';
import { getEbsEncryptionByDefault } from './operations/get-ebs-encryption-by-default.ts';
import { getImageBlockPublicAccessState } from './operations/get-image-block-public-access-state.ts';
import { getInstanceMetadataDefaults } from './operations/get-instance-metadata-defaults.ts';
import { getPasswordData } from './operations/get-password-data.ts';
import { getSerialConsoleAccessStatus } from './operations/get-serial-console-access-status.ts';
import { getSnapshotBlockPublicAccessState } from './operations/get-snapshot-block-public-access-state.ts';
import { importKeyPair } from './operations/import-key-pair.ts';
import { modifyInstanceAttribute } from './operations/modify-instance-attribute.ts';
import { modifyInstanceCreditSpecification } from './operations/modify-instance-credit-specification.ts';
import { modifyInstanceMaintenanceOptions } from './operations/modify-instance-maintenance-options.ts';
import { modifyInstanceMetadataDefaults } from './operations/modify-instance-metadata-defaults.ts';
import { modifyInstanceMetadataOptions } from './operations/modify-instance-metadata-options.ts';
import { modifyPrivateDnsNameOptions } from './operations/modify-private-dns-name-options.ts';
import { modifySecurityGroupRules } from './operations/modify-security-group-rules.ts';
import { modifyVolumeAttribute } from './operations/modify-volume-attribute.ts';
import { modifyVolume } from './operations/modify-volume.ts';
import { monitorInstances } from './operations/monitor-instances.ts';
import { rebootInstances } from './operations/reboot-instances.ts';
import { resetInstanceAttribute } from './operations/reset-instance-attribute.ts';
import { revokeSecurityGroupEgress } from './operations/revoke-security-group-egress.ts';
import { revokeSecurityGroupIngress } from './operations/revoke-security-group-ingress.ts';
import { runInstances } from './operations/run-instances.ts';
import { startInstances } from './operations/start-instances.ts';
import { stopInstances } from './operations/stop-instances.ts';
import { terminateInstances } from './operations/terminate-instances.ts';
import { unmonitorInstances } from './operations/unmonitor-instances.ts';
import { updateSecurityGroupRuleDescriptionsEgress } from './operations/update-security-group-rule-descriptions-egress.ts';
import { updateSecurityGroupRuleDescriptionsIngress } from './operations/update-security-group-rule-descriptions-ingress.ts';
import { capacityReservation } from './resources/capacity-reservation.ts';
import { ec2Fleet } from './resources/ec2-fleet.ts';
import { eip } from './resources/eip.ts';
import { host } from './resources/host.ts';
import { instance } from './resources/instance.ts';
import { internetGateway } from './resources/internet-gateway.ts';
import { keyPair } from './resources/key-pair.ts';
import { launchTemplate } from './resources/launch-template.ts';
import { natGateway } from './resources/nat-gateway.ts';
import { flowLog } from './resources/flow-log.ts';
import { networkInsightsAnalysis } from './resources/network-insights-analysis.ts';
import { networkInsightsPath } from './resources/network-insights-path.ts';
import { placementGroup } from './resources/placement-group.ts';
import { routeTable } from './resources/route-table.ts';
import { route } from './resources/route.ts';
import { securityGroupEgress, securityGroupIngress } from './resources/security-group-rule.ts';
import { securityGroup } from './resources/security-group.ts';
import { subnetRouteTableAssociation } from './resources/subnet-route-table-association.ts';
import { subnet } from './resources/subnet.ts';
import { volume } from './resources/volume.ts';
import { volumeAttachment } from './resources/volume-attachment.ts';
import { vpcGatewayAttachment } from './resources/vpc-gateway-attachment.ts';
import { vpc } from './resources/vpc.ts';
import { customerGateway } from './resources/customer-gateway.ts';
import { transitGateway } from './resources/transit-gateway.ts';
import { transitGatewayAttachment } from './resources/transit-gateway-attachment.ts';
import { vpcEndpoint } from './resources/vpc-endpoint.ts';
import { vpnGateway } from './resources/vpn-gateway.ts';
import type { Ec2, Ec2Scope } from './scope.ts';
import { transitOperations } from './transit-operations.ts';
import { vpnOperations } from './vpn-operations.ts';

export const ec2 = service<Ec2Scope>({
  name: 'ec2',
  operations: [
    attachVolume,
    authorizeSecurityGroupEgress,
    authorizeSecurityGroupIngress,
    createKeyPair,
    createSecurityGroup,
    createTags,
    createVolume,
    deleteKeyPair,
    deleteSecurityGroup,
    deleteTags,
    deleteVolume,
    describeAccountAttributes,
    describeAvailabilityZones,
    describeImages,
    describeInstanceAttribute,
    describeInstanceCreditSpecifications,
    describeInstanceStatus,
    describeInstanceTypeOfferings,
    describeInstanceTypes,
    describeInstances,
    describeKeyPairs,
    describeRegions,
    describeSecurityGroupRules,
    describeSecurityGroups,
    describeTags,
    describeVolumeAttribute,
    describeVolumeStatus,
    describeVolumes,
    describeVolumesModifications,
    detachVolume,
    disableEbsEncryptionByDefault,
    disableImageBlockPublicAccess,
    disableSerialConsoleAccess,
    disableSnapshotBlockPublicAccess,
    enableEbsEncryptionByDefault,
    enableImageBlockPublicAccess,
    enableSerialConsoleAccess,
    enableSnapshotBlockPublicAccess,
    getConsoleOutput,
    getEbsEncryptionByDefault,
    getImageBlockPublicAccessState,
    getInstanceMetadataDefaults,
    getPasswordData,
    getSerialConsoleAccessStatus,
    getSnapshotBlockPublicAccessState,
    importKeyPair,
    modifyInstanceAttribute,
    modifyInstanceCreditSpecification,
    modifyInstanceMaintenanceOptions,
    modifyInstanceMetadataDefaults,
    modifyInstanceMetadataOptions,
    modifyPrivateDnsNameOptions,
    modifySecurityGroupRules,
    modifyVolume,
    modifyVolumeAttribute,
    monitorInstances,
    rebootInstances,
    resetInstanceAttribute,
    revokeSecurityGroupEgress,
    revokeSecurityGroupIngress,
    startInstances,
    stopInstances,
    terminateInstances,
    unmonitorInstances,
    updateSecurityGroupRuleDescriptionsEgress,
    updateSecurityGroupRuleDescriptionsIngress,
  ]
    .map(honourDryRun)
    .concat(networkOperations.map(honourDryRun))
    .concat(imageOperations.map(honourDryRun))
    .concat(importOperations.map(honourDryRun))
    .concat(reachabilityOperations.map(honourDryRun))
    .concat(launchOperations.map(honourDryRun))
    .concat(capacityOperations.map(honourDryRun))
    .concat(profileOperations.map(honourDryRun))
    .concat(endpointOperations.map(honourDryRun))
    .concat(flowLogOperations.map(honourDryRun))
    .concat(transitOperations.map(honourDryRun))
    .concat(vpnOperations.map(honourDryRun))
    // RunInstances checks everything before it tells a dry run that it would have succeeded.
    .concat(runInstances),
  resourceTypes: [
    ...[instance, keyPair, securityGroup, securityGroupEgress, securityGroupIngress],
    ...[volume, volumeAttachment],
    ...[launchTemplate, placementGroup, capacityReservation, host, ec2Fleet],
    ...[vpc, subnet, internetGateway, vpcGatewayAttachment],
    ...[routeTable, route, subnetRouteTableAssociation, eip, natGateway],
    ...[networkInsightsPath, networkInsightsAnalysis, flowLog],
    ...[vpcEndpoint, customerGateway, vpnGateway, transitGateway, transitGatewayAttachment],
  ],
  create(platform) {
    const { store, clock, ids, compute, log, workflows, sessions } = platform;
    const tags = new Tags(store);
    const networks = new Networks(store, ids, tags);
    const instances = new Instances(store, clock, tags);
    const volumes = new Volumes(store);
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
      ...{ store, clock, ids, volumes, instances, tags, workflows, driver, disks },
    });
    const snapshots = new Snapshots(store);
    const snapshotOrders = new SnapshotOrders({
      ...{ store, clock, ids, tags, workflows, driver, disks, volumes, snapshots },
    });
    const images = new OwnImages(store);
    const machines = new Machines({ instances, networks, driver, attachments, tags, log });
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
      new InstanceMetadata({ clock, instances, networks, tags, signer, credentials }),
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
        ...[importOrders.imageTasks, importOrders.snapshotTasks],
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
        ...snapshotOrders.workflows,
        imageOrders.creation,
        importOrders.workflow,
      ],
      controllers: [controller, packets, spotRounds(parts, log), fleetRounds(parts, log)],
    };
  },
});
