import { AwsError } from '../../kernel/aws-error.ts';

// Codes: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html

export const reservationExceeded = () =>
  new AwsError(
    'ReservationCapacityExceeded',
    'The requested reservation does not have sufficient compatible and available capacity for this request.',
  );

export const reservationState = (id: string, state: string) =>
  new AwsError(
    'InvalidCapacityReservationState',
    `The capacity reservation '${id}' is in the state '${state}', which this request does not go with.`,
  );

export const hostOccupied = (id: string) =>
  new AwsError(
    'Client.InvalidHost.Occupied',
    `Dedicated host '${id}' cannot be released as it is occupied.`,
  );

export const hostState = (id: string, state: string) =>
  new AwsError('InvalidHostState', `The dedicated host '${id}' is in the state '${state}'.`);

export const hostConfiguration = (id: string, why: string) =>
  new AwsError('InvalidHostConfiguration', `The dedicated host '${id}' ${why}.`);

export const hostFull = (id: string) =>
  new AwsError(
    'InsufficientCapacityOnHost',
    `There is not enough capacity on the dedicated host '${id}' to launch or start the instance.`,
  );

export const noHostFits = () =>
  new AwsError(
    'InsufficientHostCapacity',
    'There is not enough capacity on your dedicated hosts for this request. Allocate a host that has automatic placement enabled and matches the instance type.',
    { status: 500 },
  );
