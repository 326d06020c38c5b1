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
