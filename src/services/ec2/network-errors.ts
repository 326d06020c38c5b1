import { AwsError } from '../../kernel/aws-error.ts';

// Codes: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html

export const invalidCidr = (cidr: string, parameter: string) =>
  new AwsError(
    'InvalidParameterValue',
    `Value (${cidr}) for parameter ${parameter} is invalid. This is not a valid CIDR block.`,
  );

export const noCidr = () =>
  new AwsError('MissingParameter', "Either 'cidrBlock' or 'ipv4IpamPoolId' should be provided.");

export const vpcRange = (cidr: string) =>
  new AwsError('InvalidVpc.Range', `The CIDR '${cidr}' is invalid.`);

export const subnetRange = (cidr: string) =>
  new AwsError('InvalidSubnet.Range', `The CIDR '${cidr}' is invalid.`);

export const subnetConflict = (cidr: string) =>
  new AwsError('InvalidSubnet.Conflict', `The CIDR '${cidr}' conflicts with another subnet`);

export const vpcCidrConflict = (cidr: string, other: string) =>
  new AwsError(
    'InvalidVpc.Range',
    `The CIDR '${cidr}' conflicts with the CIDR '${other}' of the VPC.`,
  );

export const vpcCidrRestricted = (cidr: string) =>
  new AwsError(
    'InvalidVpc.Range',
    `The CIDR '${cidr}' is restricted. Use a CIDR from the same private address range as the current VPC CIDR, or use a publicly-routable (non-RFC 1918) CIDR.`,
  );

export const cidrLimit = (vpcId: string, limit: number) =>
  new AwsError(
    'CidrLimitExceeded',
    `This network '${vpcId}' has met its maximum number of allowed CIDRs: ${limit}`,
  );

export const cidrInUse = (vpcId: string, cidr: string) =>
  new AwsError(
    'InvalidCidrBlock.InUse',
    `The vpc ${vpcId} currently has a subnet within CIDR block ${cidr}`,
  );

export const vpcCidrNotFound = (id: string) =>
  new AwsError(
    'InvalidVpcCidrBlockAssociationID.NotFound',
    `The vpc CIDR block association ID '${id}' does not exist`,
  );

export const primaryCidrStays = (id: string) =>
  new AwsError(
    'OperationNotPermitted',
    `The vpc CIDR block with association ID ${id} may not be disassociated. It is the primary IPv4 CIDR block of the VPC`,
  );

export const noIpv6Block = (subnetId: string) =>
  new AwsError(
    'InvalidParameterValue',
    `The subnet '${subnetId}' does not have an IPv6 CIDR block associated with it.`,
  );

export const subnetCidrInUse = (associationId: string) =>
  new AwsError(
    'InvalidCidrBlock.InUse',
    `The subnet CIDR block with association ID ${associationId} may not be disassociated. It has addresses that are assigned to network interfaces.`,
  );

export const subnetCidrNotFound = (id: string) =>
  new AwsError(
    'InvalidSubnetCidrBlockAssociationID.NotFound',
    `The subnet CIDR block association ID '${id}' does not exist`,
  );

/** @param noun as in `The vpc 'vpc-…' has dependencies and cannot be deleted.` */
export const hasDependencies = (noun: string, id: string) =>
  new AwsError(
    'DependencyViolation',
    `The ${noun} '${id}' has dependencies and cannot be deleted.`,
  );

export const defaultVpcExists = () =>
  new AwsError(
    'DefaultVpcAlreadyExists',
    'A Default VPC already exists for this account in this region.',
  );

export const defaultSubnetExists = (zone: string) =>
  new AwsError(
    'DefaultSubnetAlreadyExistsInAvailabilityZone',
    `A default subnet already exists in the Availability Zone '${zone}'.`,
  );

export const noDefaultVpcForSubnet = () =>
  new AwsError(
    'DefaultVpcDoesNotExist',
    'There is no default VPC for this account in this region.',
  );

export const noRoomForDefaultSubnet = (vpcId: string) =>
  new AwsError(
    'InsufficientCidrBlocks',
    `The default VPC '${vpcId}' has no CIDR block left for a default subnet.`,
  );

export const belongApart = (one: string, other: string) =>
  new AwsError('InvalidParameterValue', `${one} and ${other} belong to different networks`);

export const gatewayIsAttached = (id: string, vpcId: string) =>
  new AwsError(
    'Resource.AlreadyAssociated',
    `resource ${id} is already attached to network ${vpcId}`,
  );

export const vpcHasGateway = (vpcId: string) =>
  new AwsError(
    'InvalidParameterValue',
    `Network ${vpcId} already has an internet gateway attached`,
  );

export const gatewayNotAttached = (id: string, vpcId: string) =>
  new AwsError('Gateway.NotAttached', `resource ${id} is not attached to network ${vpcId}`);

export const publicAddressesMapped = (vpcId: string) =>
  new AwsError(
    'DependencyViolation',
    `Network ${vpcId} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.`,
  );

export const gatewayNotFound = (id: string) =>
  new AwsError('InvalidGatewayID.NotFound', `The gateway ID '${id}' does not exist`);

export const associationNotFound = (id: string) =>
  new AwsError('InvalidAssociationID.NotFound', `The association ID '${id}' does not exist`);

export const tableIsAssociated = (tableId: string) =>
  new AwsError(
    'Resource.AlreadyAssociated',
    `the specified association for route table ${tableId} conflicts with an existing association`,
  );

export const mainAssociationStays = (id: string) =>
  new AwsError(
    'InvalidParameterValue',
    `cannot disassociate the main route table association ${id}`,
  );

export const routeExists = (destination: string) =>
  new AwsError('RouteAlreadyExists', `The route identified by ${destination} already exists.`);

export const routeNotFound = (destination: string, tableId: string) =>
  new AwsError(
    'InvalidRoute.NotFound',
    `no route with destination-cidr-block ${destination} in route table ${tableId}`,
  );

export const noRouteToReplace = (destination: string) =>
  new AwsError(
    'InvalidParameterValue',
    `There is no route defined for '${destination}' in the route table. Use CreateRoute instead.`,
  );

export const localRouteStays = (destination: string, tableId: string) =>
  new AwsError(
    'InvalidParameterValue',
    `cannot remove local route ${destination} in route table ${tableId}`,
  );

export const addressNotFound = (address: string) =>
  new AwsError('InvalidAddress.NotFound', `Address '${address}' not found.`);

export const addressIsAssociated = (allocationId: string, associationId: string) =>
  new AwsError(
    'Resource.AlreadyAssociated',
    `resource ${allocationId} is already associated with associate-id ${associationId}`,
  );

export const addressOfNatGateway = () =>
  new AwsError('AuthFailure', 'You do not have permission to access the specified resource.');

export const noInternetGateway = (vpcId: string) =>
  new AwsError('Gateway.NotAttached', `Network ${vpcId} is not attached to any internet gateway`);

export const instanceNotReady = (id: string, state: string) =>
  new AwsError(
    'InvalidInstanceID',
    `The ${state} instance '${id}' is not in a valid state for this operation.`,
  );

export const defaultAclStays = (id: string) =>
  new AwsError('InvalidParameterValue', `cannot delete default network ACL ${id}`);

export const aclEntryExists = (ruleNumber: number) =>
  new AwsError(
    'NetworkAclEntryAlreadyExists',
    `The network acl entry identified by ${ruleNumber} already exists.`,
  );

export const aclEntryNotFound = (ruleNumber: number) =>
  new AwsError(
    'InvalidNetworkAclEntry.NotFound',
    `The network acl entry identified by ${ruleNumber} does not exist.`,
  );

export const prefixListVersionMismatch = (id: string, version: number) =>
  new AwsError(
    'PrefixListVersionMismatch',
    `The prefix list '${id}' is in version ${version}, which is not the one that was given.`,
  );

export const prefixListVersionNotFound = (id: string, version: number) =>
  new AwsError(
    'InvalidParameterValue',
    `The version ${version} of the prefix list '${id}' does not exist.`,
  );

export const prefixListFull = (most: number) =>
  new AwsError('PrefixListMaxEntriesExceeded', `The prefix list can have ${most} entries at most.`);

export const peeringExists = (id: string) =>
  new AwsError(
    'VpcPeeringConnectionAlreadyExists',
    `The VPC peering connection ${id} between these VPCs already exists.`,
  );

export const invalidTransition = (id: string, from: string, to: string) =>
  new AwsError(
    'InvalidStateTransition',
    `Invalid state transition for ${id}, attempted to transition from ${from} to ${to}`,
  );

export const interfaceInUse = (id: string) =>
  new AwsError(
    'InvalidNetworkInterface.InUse',
    `The network interface '${id}' is currently in use.`,
  );

export const firstInterfaceStays = () =>
  new AwsError(
    'OperationNotPermitted',
    'The network interface at device index 0 cannot be detached.',
  );

export const attachmentNotFound = (id: string) =>
  new AwsError('InvalidAttachmentID.NotFound', `The attachment ID '${id}' does not exist`);

/** A gateway that came to nothing, told by whoever waits for it. */
export const natGatewayLost = (id: string, reason: string) =>
  new AwsError('NotStabilized', `NAT gateway ${id} did not stabilize. ${reason}`);
