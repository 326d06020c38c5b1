import { AwsError } from '../../kernel/aws-error.ts';

// Codes: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html

const invalid = (message: string) => new AwsError('InvalidParameter', message);

export const serviceNotFound = (names: readonly string[]) =>
  new AwsError(
    'InvalidServiceName',
    `The Vpc Endpoint Service '${names.join(', ')}' does not exist`,
  );

export const wrongEndpointType = (asked: string, offered: readonly string[]) =>
  invalid(
    `Endpoint type (${asked}) does not match available service types ([${offered.join(', ')}]).`,
  );

/** @param plural as in `Route tables are not supported for Interface endpoints` */
export const notForType = (plural: string, type: string) =>
  invalid(`${plural} are not supported for ${type} endpoints.`);

export const routeToServiceExists = (tableId: string, prefixListId: string) =>
  new AwsError(
    'RouteAlreadyExists',
    `route table ${tableId} already has a route with destination-prefix-list-id ${prefixListId}`,
  );

export const zoneTaken = (zone: string) =>
  new AwsError(
    'DuplicateSubnetsInSameZone',
    `Found another VPC endpoint subnet in the availability zone of ${zone}`,
  );

export const privateDnsNeedsVpcDns = (vpcId: string) =>
  invalid(
    `Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC attributes set to true for ${vpcId}`,
  );

export const privateDnsConflict = (name: string, vpcId: string) =>
  invalid(
    `private-dns-enabled cannot be set because there is already a conflicting DNS domain for ${name} in the VPC ${vpcId}`,
  );

export const inboundDnsNeedsGateway = (vpcId: string) =>
  invalid(
    `To set PrivateDnsOnlyForInboundResolverEndpoint to true, the VPC ${vpcId} must have a Gateway endpoint for the service.`,
  );

export const groupsOfEndpoint = () =>
  invalid('An interface endpoint must have at least one security group.');

export const invalidPolicy = () =>
  new AwsError(
    'InvalidPolicyDocument',
    'The specified policy document is not a valid JSON policy document.',
  );

export const endpointRouteStays = (destination: string, tableId: string) =>
  new AwsError(
    'InvalidParameterValue',
    `cannot remove VPC endpoint route ${destination} in route table ${tableId}`,
  );

export const endpointRouteByHand = (destination: string) =>
  new AwsError(
    'InvalidParameterValue',
    `The prefix list ${destination} is reached by a gateway endpoint: ModifyVpcEndpoint routes to it.`,
  );
