import { service } from '../../kernel/service.ts';
import { SettingsOfAccounts } from './domain/account-settings.ts';
import { Instances } from './domain/instances/instances.ts';
import { KeyPairs } from './domain/key-pairs/key-pairs.ts';
import { MachineController } from './domain/machines/machine-controller.ts';
import { Machines } from './domain/machines/machines.ts';
import { Reachability } from './domain/machines/reachability.ts';
import { instanceWorkflows } from './domain/machines/workflows.ts';
import { InstanceMetadata } from './domain/metadata/instance-metadata.ts';
import { Networks } from './domain/network/networks.ts';
import { SecurityGroups } from './domain/security-groups/security-groups.ts';
import { Tags } from './domain/tags.ts';
import { VolumeAttachments } from './domain/volumes/attachments.ts';
import { Volumes } from './domain/volumes/volumes.ts';
import { honourDryRun } from './dry-run.ts';
import { acceptVpcPeeringConnection } from './operations/accept-vpc-peering-connection.ts';
import { allocateAddress } from './operations/allocate-address.ts';
import { assignPrivateIpAddresses } from './operations/assign-private-ip-addresses.ts';
import { associateAddress } from './operations/associate-address.ts';
import { associateDhcpOptions } from './operations/associate-dhcp-options.ts';
import { associateRouteTable } from './operations/associate-route-table.ts';
import { associateSubnetCidrBlock } from './operations/associate-subnet-cidr-block.ts';
import { associateVpcCidrBlock } from './operations/associate-vpc-cidr-block.ts';
import { attachInternetGateway } from './operations/attach-internet-gateway.ts';
import { attachNetworkInterface } from './operations/attach-network-interface.ts';
import { attachVolume } from './operations/attach-volume.ts';
import { authorizeSecurityGroupEgress } from './operations/authorize-security-group-egress.ts';
import { authorizeSecurityGroupIngress } from './operations/authorize-security-group-ingress.ts';
import { createDefaultSubnet } from './operations/create-default-subnet.ts';
import { createDefaultVpc } from './operations/create-default-vpc.ts';
import { createDhcpOptions } from './operations/create-dhcp-options.ts';
import { createEgressOnlyInternetGateway } from './operations/create-egress-only-internet-gateway.ts';
import { createInternetGateway } from './operations/create-internet-gateway.ts';
import { createKeyPair } from './operations/create-key-pair.ts';
import { createManagedPrefixList } from './operations/create-managed-prefix-list.ts';
import { createNatGateway } from './operations/create-nat-gateway.ts';
import { createNetworkAclEntry } from './operations/create-network-acl-entry.ts';
import { createNetworkAcl } from './operations/create-network-acl.ts';
import { createNetworkInterface } from './operations/create-network-interface.ts';
import { createRouteTable } from './operations/create-route-table.ts';
import { createRoute } from './operations/create-route.ts';
import { createSecurityGroup } from './operations/create-security-group.ts';
import { createSubnet } from './operations/create-subnet.ts';
import { createTags } from './operations/create-tags.ts';
import { createVolume } from './operations/create-volume.ts';
import { createVpcPeeringConnection } from './operations/create-vpc-peering-connection.ts';
import { createVpc } from './operations/create-vpc.ts';
import { deleteDhcpOptions } from './operations/delete-dhcp-options.ts';
import { deleteEgressOnlyInternetGateway } from './operations/delete-egress-only-internet-gateway.ts';
import { deleteInternetGateway } from './operations/delete-internet-gateway.ts';
import { deleteKeyPair } from './operations/delete-key-pair.ts';
import { deleteManagedPrefixList } from './operations/delete-managed-prefix-list.ts';
import { deleteNatGateway } from './operations/delete-nat-gateway.ts';
import { deleteNetworkAclEntry } from './operations/delete-network-acl-entry.ts';
import { deleteNetworkAcl } from './operations/delete-network-acl.ts';
import { deleteNetworkInterface } from './operations/delete-network-interface.ts';
import { deleteRouteTable } from './operations/delete-route-table.ts';
import { deleteRoute } from './operations/delete-route.ts';
import { deleteSecurityGroup } from './operations/delete-security-group.ts';
import { deleteSubnet } from './operations/delete-subnet.ts';
import { deleteTags } from './operations/delete-tags.ts';
import { deleteVolume } from './operations/delete-volume.ts';
import { deleteVpcPeeringConnection } from './operations/delete-vpc-peering-connection.ts';
import { deleteVpc } from './operations/delete-vpc.ts';
import { describeAccountAttributes } from './operations/describe-account-attributes.ts';
import { describeAddressesAttribute } from './operations/describe-addresses-attribute.ts';
import { describeAddresses } from './operations/describe-addresses.ts';
import { describeAvailabilityZones } from './operations/describe-availability-zones.ts';
import { describeDhcpOptions } from './operations/describe-dhcp-options.ts';
import { describeEgressOnlyInternetGateways } from './operations/describe-egress-only-internet-gateways.ts';
import { describeImages } from './operations/describe-images.ts';
import { describeInstanceAttribute } from './operations/describe-instance-attribute.ts';
import { describeInstanceCreditSpecifications } from './operations/describe-instance-credit-specifications.ts';
import { describeInstanceStatus } from './operations/describe-instance-status.ts';
import { describeInstanceTypeOfferings } from './operations/describe-instance-type-offerings.ts';
import { describeInstanceTypes } from './operations/describe-instance-types.ts';
import { describeInstances } from './operations/describe-instances.ts';
import { describeInternetGateways } from './operations/describe-internet-gateways.ts';
import { describeKeyPairs } from './operations/describe-key-pairs.ts';
import { describeManagedPrefixLists } from './operations/describe-managed-prefix-lists.ts';
import { describeNatGateways } from './operations/describe-nat-gateways.ts';
import { describeNetworkAcls } from './operations/describe-network-acls.ts';
import { describeNetworkInterfaceAttribute } from './operations/describe-network-interface-attribute.ts';
import { describeNetworkInterfaces } from './operations/describe-network-interfaces.ts';
import { describeRegions } from './operations/describe-regions.ts';
import { describeRouteTables } from './operations/describe-route-tables.ts';
import { describeSecurityGroupRules } from './operations/describe-security-group-rules.ts';
import { describeSecurityGroups } from './operations/describe-security-groups.ts';
import { describeSubnets } from './operations/describe-subnets.ts';
import { describeTags } from './operations/describe-tags.ts';
import { describeVolumeAttribute } from './operations/describe-volume-attribute.ts';
import { describeVolumeStatus } from './operations/describe-volume-status.ts';
import { describeVolumesModifications } from './operations/describe-volumes-modifications.ts';
import { describeVolumes } from './operations/describe-volumes.ts';
import { describeVpcAttribute } from './operations/describe-vpc-attribute.ts';
import { describeVpcPeeringConnections } from './operations/describe-vpc-peering-connections.ts';
import { describeVpcs } from './operations/describe-vpcs.ts';
import { detachInternetGateway } from './operations/detach-internet-gateway.ts';
import { detachNetworkInterface } from './operations/detach-network-interface.ts';
import { detachVolume } from './operations/detach-volume.ts';
import { disableEbsEncryptionByDefault } from './operations/disable-ebs-encryption-by-default.ts';
import { disableImageBlockPublicAccess } from './operations/disable-image-block-public-access.ts';
import { disableSerialConsoleAccess } from './operations/disable-serial-console-access.ts';
import { disableSnapshotBlockPublicAccess } from './operations/disable-snapshot-block-public-access.ts';
import { disassociateAddress } from './operations/disassociate-address.ts';
import { disassociateRouteTable } from './operations/disassociate-route-table.ts';
import { disassociateSubnetCidrBlock } from './operations/disassociate-subnet-cidr-block.ts';
import { disassociateVpcCidrBlock } from './operations/disassociate-vpc-cidr-block.ts';
import { enableEbsEncryptionByDefault } from './operations/enable-ebs-encryption-by-default.ts';
import { enableImageBlockPublicAccess } from './operations/enable-image-block-public-access.ts';
import { enableSerialConsoleAccess } from './operations/enable-serial-console-access.ts';
import { enableSnapshotBlockPublicAccess } from './operations/enable-snapshot-block-public-access.ts';
import { getConsoleOutput } from './operations/get-console-output.ts';
import { getEbsEncryptionByDefault } from './operations/get-ebs-encryption-by-default.ts';
import { getImageBlockPublicAccessState } from './operations/get-image-block-public-access-state.ts';
import { getInstanceMetadataDefaults } from './operations/get-instance-metadata-defaults.ts';
import { getManagedPrefixListAssociations } from './operations/get-managed-prefix-list-associations.ts';
import { getManagedPrefixListEntries } from './operations/get-managed-prefix-list-entries.ts';
import { getPasswordData } from './operations/get-password-data.ts';
import { getSerialConsoleAccessStatus } from './operations/get-serial-console-access-status.ts';
import { getSnapshotBlockPublicAccessState } from './operations/get-snapshot-block-public-access-state.ts';
import { importKeyPair } from './operations/import-key-pair.ts';
import { modifyInstanceAttribute } from './operations/modify-instance-attribute.ts';
import { modifyInstanceCreditSpecification } from './operations/modify-instance-credit-specification.ts';
import { modifyInstanceMaintenanceOptions } from './operations/modify-instance-maintenance-options.ts';
import { modifyInstanceMetadataDefaults } from './operations/modify-instance-metadata-defaults.ts';
import { modifyInstanceMetadataOptions } from './operations/modify-instance-metadata-options.ts';
import { modifyManagedPrefixList } from './operations/modify-managed-prefix-list.ts';
import { modifyNetworkInterfaceAttribute } from './operations/modify-network-interface-attribute.ts';
import { modifyPrivateDnsNameOptions } from './operations/modify-private-dns-name-options.ts';
import { modifySecurityGroupRules } from './operations/modify-security-group-rules.ts';
import { modifySubnetAttribute } from './operations/modify-subnet-attribute.ts';
import { modifyVolumeAttribute } from './operations/modify-volume-attribute.ts';
import { modifyVolume } from './operations/modify-volume.ts';
import { modifyVpcAttribute } from './operations/modify-vpc-attribute.ts';
import { modifyVpcPeeringConnectionOptions } from './operations/modify-vpc-peering-connection-options.ts';
import { monitorInstances } from './operations/monitor-instances.ts';
import { rebootInstances } from './operations/reboot-instances.ts';
import { rejectVpcPeeringConnection } from './operations/reject-vpc-peering-connection.ts';
import { releaseAddress } from './operations/release-address.ts';
import { replaceNetworkAclAssociation } from './operations/replace-network-acl-association.ts';
import { replaceNetworkAclEntry } from './operations/replace-network-acl-entry.ts';
import { replaceRouteTableAssociation } from './operations/replace-route-table-association.ts';
import { replaceRoute } from './operations/replace-route.ts';
import { resetInstanceAttribute } from './operations/reset-instance-attribute.ts';
import { resetNetworkInterfaceAttribute } from './operations/reset-network-interface-attribute.ts';
import { restoreManagedPrefixListVersion } from './operations/restore-managed-prefix-list-version.ts';
import { revokeSecurityGroupEgress } from './operations/revoke-security-group-egress.ts';
import { revokeSecurityGroupIngress } from './operations/revoke-security-group-ingress.ts';
import { runInstances } from './operations/run-instances.ts';
import { startInstances } from './operations/start-instances.ts';
import { stopInstances } from './operations/stop-instances.ts';
import { terminateInstances } from './operations/terminate-instances.ts';
import { unassignPrivateIpAddresses } from './operations/unassign-private-ip-addresses.ts';
import { unmonitorInstances } from './operations/unmonitor-instances.ts';
import { updateSecurityGroupRuleDescriptionsEgress } from './operations/update-security-group-rule-descriptions-egress.ts';
import { updateSecurityGroupRuleDescriptionsIngress } from './operations/update-security-group-rule-descriptions-ingress.ts';
import { instance } from './resources/instance.ts';
import { keyPair } from './resources/key-pair.ts';
import { securityGroupEgress, securityGroupIngress } from './resources/security-group-rule.ts';
import { securityGroup } from './resources/security-group.ts';
import type { Ec2Scope } from './scope.ts';

export const ec2 = service<Ec2Scope>({
  name: 'ec2',
  operations: [
    acceptVpcPeeringConnection,
    allocateAddress,
    assignPrivateIpAddresses,
    associateAddress,
    associateDhcpOptions,
    associateRouteTable,
    associateSubnetCidrBlock,
    associateVpcCidrBlock,
    attachInternetGateway,
    attachNetworkInterface,
    attachVolume,
    authorizeSecurityGroupEgress,
    authorizeSecurityGroupIngress,
    createDefaultSubnet,
    createDefaultVpc,
    createDhcpOptions,
    createEgressOnlyInternetGateway,
    createInternetGateway,
    createKeyPair,
    createManagedPrefixList,
    createNatGateway,
    createNetworkAcl,
    createNetworkAclEntry,
    createNetworkInterface,
    createRoute,
    createRouteTable,
    createSecurityGroup,
    createSubnet,
    createTags,
    createVolume,
    createVpc,
    createVpcPeeringConnection,
    deleteDhcpOptions,
    deleteEgressOnlyInternetGateway,
    deleteInternetGateway,
    deleteKeyPair,
    deleteManagedPrefixList,
    deleteNatGateway,
    deleteNetworkAcl,
    deleteNetworkAclEntry,
    deleteNetworkInterface,
    deleteRoute,
    deleteRouteTable,
    deleteSecurityGroup,
    deleteSubnet,
    deleteTags,
    deleteVolume,
    deleteVpc,
    deleteVpcPeeringConnection,
    describeAccountAttributes,
    describeAddresses,
    describeAddressesAttribute,
    describeAvailabilityZones,
    describeDhcpOptions,
    describeEgressOnlyInternetGateways,
    describeImages,
    describeInstanceAttribute,
    describeInstanceCreditSpecifications,
    describeInstanceStatus,
    describeInstanceTypeOfferings,
    describeInstanceTypes,
    describeInstances,
    describeInternetGateways,
    describeKeyPairs,
    describeManagedPrefixLists,
    describeNatGateways,
    describeNetworkAcls,
    describeNetworkInterfaceAttribute,
    describeNetworkInterfaces,
    describeRegions,
    describeRouteTables,
    describeSecurityGroupRules,
    describeSecurityGroups,
    describeSubnets,
    describeTags,
    describeVolumeAttribute,
    describeVolumeStatus,
    describeVolumes,
    describeVolumesModifications,
    describeVpcAttribute,
    describeVpcPeeringConnections,
    describeVpcs,
    detachInternetGateway,
    detachNetworkInterface,
    detachVolume,
    disableEbsEncryptionByDefault,
    disableImageBlockPublicAccess,
    disableSerialConsoleAccess,
    disableSnapshotBlockPublicAccess,
    disassociateAddress,
    disassociateRouteTable,
    disassociateSubnetCidrBlock,
    disassociateVpcCidrBlock,
    enableEbsEncryptionByDefault,
    enableImageBlockPublicAccess,
    enableSerialConsoleAccess,
    enableSnapshotBlockPublicAccess,
    getConsoleOutput,
    getEbsEncryptionByDefault,
    getImageBlockPublicAccessState,
    getInstanceMetadataDefaults,
    getManagedPrefixListAssociations,
    getManagedPrefixListEntries,
    getPasswordData,
    getSerialConsoleAccessStatus,
    getSnapshotBlockPublicAccessState,
    importKeyPair,
    modifyInstanceAttribute,
    modifyInstanceCreditSpecification,
    modifyInstanceMaintenanceOptions,
    modifyInstanceMetadataDefaults,
    modifyInstanceMetadataOptions,
    modifyManagedPrefixList,
    modifyNetworkInterfaceAttribute,
    modifyPrivateDnsNameOptions,
    modifySecurityGroupRules,
    modifySubnetAttribute,
    modifyVolume,
    modifyVolumeAttribute,
    modifyVpcAttribute,
    modifyVpcPeeringConnectionOptions,
    monitorInstances,
    rebootInstances,
    rejectVpcPeeringConnection,
    releaseAddress,
    replaceNetworkAclAssociation,
    replaceNetworkAclEntry,
    replaceRoute,
    replaceRouteTableAssociation,
    resetInstanceAttribute,
    resetNetworkInterfaceAttribute,
    restoreManagedPrefixListVersion,
    revokeSecurityGroupEgress,
    revokeSecurityGroupIngress,
    startInstances,
    stopInstances,
    terminateInstances,
    unassignPrivateIpAddresses,
    unmonitorInstances,
    updateSecurityGroupRuleDescriptionsEgress,
    updateSecurityGroupRuleDescriptionsIngress,
  ]
    .map(honourDryRun)
    // RunInstances checks everything before it tells a dry run that it would have succeeded.
    .concat(runInstances),
  resourceTypes: [instance, keyPair, securityGroup, securityGroupEgress, securityGroupIngress],
  create(platform) {
    const { store, clock, ids, compute, log, workflows } = platform;
    const tags = new Tags(store);
    const networks = new Networks(store, ids, tags);
    const instances = new Instances(store, clock, tags);
    const volumes = new Volumes(store);
    const { driver, disks } = compute;
    const attachments = new VolumeAttachments({
      ...{ store, clock, ids, volumes, instances, tags, workflows, driver, disks },
    });
    const machines = new Machines({ instances, driver, attachments, log });
    const controller = new MachineController({ instances, machines, driver, clock, log });
    const orders = instanceWorkflows(machines);
    compute.serveMetadata(new InstanceMetadata({ instances, networks, tags }));
    return {
      scope: {
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
        workflows,
        orders,
        controller,
        reachability: new Reachability(driver, clock),
      },
      workflows: [orders.launch, orders.start, orders.reboot, ...attachments.workflows],
      controllers: [controller],
    };
  },
});
