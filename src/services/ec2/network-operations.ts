import type { AnyOperation } from '../../kernel/operation.ts';
import { acceptVpcPeeringConnection } from './operations/accept-vpc-peering-connection.ts';
import { allocateAddress } from './operations/allocate-address.ts';
import { assignIpv6Addresses } from './operations/assign-ipv6-addresses.ts';
import { assignPrivateIpAddresses } from './operations/assign-private-ip-addresses.ts';
import { associateAddress } from './operations/associate-address.ts';
import { associateDhcpOptions } from './operations/associate-dhcp-options.ts';
import { associateRouteTable } from './operations/associate-route-table.ts';
import { associateSubnetCidrBlock } from './operations/associate-subnet-cidr-block.ts';
import { associateVpcCidrBlock } from './operations/associate-vpc-cidr-block.ts';
import { attachInternetGateway } from './operations/attach-internet-gateway.ts';
import { attachNetworkInterface } from './operations/attach-network-interface.ts';
import { createDefaultSubnet } from './operations/create-default-subnet.ts';
import { createDefaultVpc } from './operations/create-default-vpc.ts';
import { createDhcpOptions } from './operations/create-dhcp-options.ts';
import { createEgressOnlyInternetGateway } from './operations/create-egress-only-internet-gateway.ts';
import { createInternetGateway } from './operations/create-internet-gateway.ts';
import { createManagedPrefixList } from './operations/create-managed-prefix-list.ts';
import { createNatGateway } from './operations/create-nat-gateway.ts';
import { createNetworkAclEntry } from './operations/create-network-acl-entry.ts';
import { createNetworkAcl } from './operations/create-network-acl.ts';
import { createNetworkInterface } from './operations/create-network-interface.ts';
import { createRouteTable } from './operations/create-route-table.ts';
import { createRoute } from './operations/create-route.ts';
import { createSubnetCidrReservation } from './operations/create-subnet-cidr-reservation.ts';
import { createSubnet } from './operations/create-subnet.ts';
import { createVpcPeeringConnection } from './operations/create-vpc-peering-connection.ts';
import { createVpc } from './operations/create-vpc.ts';
import { deleteDhcpOptions } from './operations/delete-dhcp-options.ts';
import { deleteEgressOnlyInternetGateway } from './operations/delete-egress-only-internet-gateway.ts';
import { deleteInternetGateway } from './operations/delete-internet-gateway.ts';
import { deleteManagedPrefixList } from './operations/delete-managed-prefix-list.ts';
import { deleteNatGateway } from './operations/delete-nat-gateway.ts';
import { deleteNetworkAclEntry } from './operations/delete-network-acl-entry.ts';
import { deleteNetworkAcl } from './operations/delete-network-acl.ts';
import { deleteNetworkInterface } from './operations/delete-network-interface.ts';
import { deleteRouteTable } from './operations/delete-route-table.ts';
import { deleteRoute } from './operations/delete-route.ts';
import { deleteSubnetCidrReservation } from './operations/delete-subnet-cidr-reservation.ts';
import { deleteSubnet } from './operations/delete-subnet.ts';
import { deleteVpcPeeringConnection } from './operations/delete-vpc-peering-connection.ts';
import { deleteVpc } from './operations/delete-vpc.ts';
import { describeAddressesAttribute } from './operations/describe-addresses-attribute.ts';
import { describeAddresses } from './operations/describe-addresses.ts';
import { describeDhcpOptions } from './operations/describe-dhcp-options.ts';
import { describeEgressOnlyInternetGateways } from './operations/describe-egress-only-internet-gateways.ts';
import { describeInternetGateways } from './operations/describe-internet-gateways.ts';
import { describeManagedPrefixLists } from './operations/describe-managed-prefix-lists.ts';
import { describeMovingAddresses } from './operations/describe-moving-addresses.ts';
import { describeNatGateways } from './operations/describe-nat-gateways.ts';
import { describeNetworkAcls } from './operations/describe-network-acls.ts';
import { describeNetworkInterfaceAttribute } from './operations/describe-network-interface-attribute.ts';
import { describeNetworkInterfaces } from './operations/describe-network-interfaces.ts';
import { describeRouteTables } from './operations/describe-route-tables.ts';
import { describeSubnets } from './operations/describe-subnets.ts';
import { describeVpcAttribute } from './operations/describe-vpc-attribute.ts';
import { describeVpcPeeringConnections } from './operations/describe-vpc-peering-connections.ts';
import { describeVpcs } from './operations/describe-vpcs.ts';
import { detachInternetGateway } from './operations/detach-internet-gateway.ts';
import { detachNetworkInterface } from './operations/detach-network-interface.ts';
import { disassociateAddress } from './operations/disassociate-address.ts';
import { disassociateRouteTable } from './operations/disassociate-route-table.ts';
import { disassociateSubnetCidrBlock } from './operations/disassociate-subnet-cidr-block.ts';
import { disassociateVpcCidrBlock } from './operations/disassociate-vpc-cidr-block.ts';
import { getManagedPrefixListAssociations } from './operations/get-managed-prefix-list-associations.ts';
import { getManagedPrefixListEntries } from './operations/get-managed-prefix-list-entries.ts';
import { getSubnetCidrReservations } from './operations/get-subnet-cidr-reservations.ts';
import { modifyAddressAttribute } from './operations/modify-address-attribute.ts';
import { modifyManagedPrefixList } from './operations/modify-managed-prefix-list.ts';
import { modifyNetworkInterfaceAttribute } from './operations/modify-network-interface-attribute.ts';
import { modifySubnetAttribute } from './operations/modify-subnet-attribute.ts';
import { modifyVpcAttribute } from './operations/modify-vpc-attribute.ts';
import { modifyVpcPeeringConnectionOptions } from './operations/modify-vpc-peering-connection-options.ts';
import { modifyVpcTenancy } from './operations/modify-vpc-tenancy.ts';
import { moveAddressToVpc } from './operations/move-address-to-vpc.ts';
import { rejectVpcPeeringConnection } from './operations/reject-vpc-peering-connection.ts';
import { releaseAddress } from './operations/release-address.ts';
import { replaceNetworkAclAssociation } from './operations/replace-network-acl-association.ts';
import { replaceNetworkAclEntry } from './operations/replace-network-acl-entry.ts';
import { replaceRouteTableAssociation } from './operations/replace-route-table-association.ts';
import { replaceRoute } from './operations/replace-route.ts';
import { resetAddressAttribute } from './operations/reset-address-attribute.ts';
import { resetNetworkInterfaceAttribute } from './operations/reset-network-interface-attribute.ts';
import { restoreAddressToClassic } from './operations/restore-address-to-classic.ts';
import { restoreManagedPrefixListVersion } from './operations/restore-managed-prefix-list-version.ts';
import { unassignIpv6Addresses } from './operations/unassign-ipv6-addresses.ts';
import { unassignPrivateIpAddresses } from './operations/unassign-private-ip-addresses.ts';
import type { Ec2Scope } from './scope.ts';

/** The operations of VPCs and all that is in them, but for security groups. */
export const networkOperations: readonly AnyOperation<Ec2Scope>[] = [
  acceptVpcPeeringConnection,
  allocateAddress,
  assignIpv6Addresses,
  assignPrivateIpAddresses,
  associateAddress,
  associateDhcpOptions,
  associateRouteTable,
  associateSubnetCidrBlock,
  associateVpcCidrBlock,
  attachInternetGateway,
  attachNetworkInterface,
  createDefaultSubnet,
  createDefaultVpc,
  createDhcpOptions,
  createEgressOnlyInternetGateway,
  createInternetGateway,
  createManagedPrefixList,
  createNatGateway,
  createNetworkAcl,
  createNetworkAclEntry,
  createNetworkInterface,
  createRoute,
  createRouteTable,
  createSubnet,
  createSubnetCidrReservation,
  createVpc,
  createVpcPeeringConnection,
  deleteDhcpOptions,
  deleteEgressOnlyInternetGateway,
  deleteInternetGateway,
  deleteManagedPrefixList,
  deleteNatGateway,
  deleteNetworkAcl,
  deleteNetworkAclEntry,
  deleteNetworkInterface,
  deleteRoute,
  deleteRouteTable,
  deleteSubnet,
  deleteSubnetCidrReservation,
  deleteVpc,
  deleteVpcPeeringConnection,
  describeAddresses,
  describeAddressesAttribute,
  describeDhcpOptions,
  describeEgressOnlyInternetGateways,
  describeInternetGateways,
  describeManagedPrefixLists,
  describeMovingAddresses,
  describeNatGateways,
  describeNetworkAcls,
  describeNetworkInterfaceAttribute,
  describeNetworkInterfaces,
  describeRouteTables,
  describeSubnets,
  describeVpcAttribute,
  describeVpcPeeringConnections,
  describeVpcs,
  detachInternetGateway,
  detachNetworkInterface,
  disassociateAddress,
  disassociateRouteTable,
  disassociateSubnetCidrBlock,
  disassociateVpcCidrBlock,
  getManagedPrefixListAssociations,
  getManagedPrefixListEntries,
  getSubnetCidrReservations,
  modifyAddressAttribute,
  modifyManagedPrefixList,
  modifyNetworkInterfaceAttribute,
  modifySubnetAttribute,
  modifyVpcAttribute,
  modifyVpcPeeringConnectionOptions,
  modifyVpcTenancy,
  moveAddressToVpc,
  rejectVpcPeeringConnection,
  releaseAddress,
  replaceNetworkAclAssociation,
  replaceNetworkAclEntry,
  replaceRoute,
  replaceRouteTableAssociation,
  resetAddressAttribute,
  resetNetworkInterfaceAttribute,
  restoreAddressToClassic,
  restoreManagedPrefixListVersion,
  unassignIpv6Addresses,
  unassignPrivateIpAddresses,
];
