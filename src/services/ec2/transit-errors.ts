import { AwsError } from '../../kernel/aws-error.ts';

// Codes: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html

const incorrectState = (message: string) => new AwsError('IncorrectState', message);

/** @param plural as in `has non-deleted VPC Attachments` */
export const stillHas = (id: string, plural: string, ids: readonly string[]) =>
  incorrectState(`${id} has non-deleted ${plural}: ${ids.join(', ')}.`);

export const defaultTableStays = (id: string) =>
  incorrectState(`Cannot delete the default Transit Gateway Route Table ${id}.`);

export const vpcIsAttached = (gatewayId: string, vpcId: string) =>
  new AwsError(
    'DuplicateTransitGatewayAttachment',
    `${gatewayId} has non-deleted Transit Gateway Attachments with same VPC ID ${vpcId}.`,
  );

export const subnetsInSameZone = (zone: string) =>
  new AwsError(
    'DuplicateSubnetsInSameZone',
    `Duplicate Subnets for same AZ ${zone} are not allowed.`,
  );

export const alreadyAssociated = (attachmentId: string) =>
  new AwsError(
    'Resource.AlreadyAssociated',
    `Transit Gateway Attachment ${attachmentId} is already associated to a route table.`,
  );

export const notAssociated = (attachmentId: string, tableId: string) =>
  new AwsError(
    'InvalidAssociation.NotFound',
    `Transit Gateway Attachment ${attachmentId} is not associated to ${tableId}.`,
  );

export const alreadyPropagating = (attachmentId: string, tableId: string) =>
  new AwsError(
    'TransitGatewayRouteTablePropagation.Duplicate',
    `Propagation ${attachmentId} already exists in Transit Gateway Route Table ${tableId}.`,
  );

export const notPropagating = (attachmentId: string, tableId: string) =>
  new AwsError(
    'TransitGatewayRouteTablePropagation.NotFound',
    `Propagation ${attachmentId} does not exist in Transit Gateway Route Table ${tableId}.`,
  );

export const transitRouteExists = (cidr: string) =>
  new AwsError('RouteAlreadyExists', `Route ${cidr} already exists in the route table.`);

export const transitRouteNotFound = (cidr: string, tableId: string) =>
  new AwsError('InvalidRoute.NotFound', `Route ${cidr} was not found in Route Table ${tableId}.`);

export const ofOtherGateway = (attachmentId: string, tableId: string) =>
  new AwsError(
    'InvalidParameterValue',
    `${attachmentId} and ${tableId} belong to different transit gateways.`,
  );
