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
