import { AwsError } from '../../kernel/aws-error.ts';

/** A parameter that DynamoDB Streams refuses, in its words. */
export function validation(message: string): AwsError {
  return new AwsError('ValidationException', message);
}

/** The wording that most of its refusals begin with. */
export function invalidParameters(message: string): AwsError {
  return validation(`One or more parameter values were invalid: ${message}`);
}

export function streamNotFound(arn: string): AwsError {
  return notFound(`Requested resource not found: Stream: ${arn} not found`);
}

export function shardNotFound(): AwsError {
  return notFound('Requested resource not found: Shard does not exist');
}

export function iteratorExpired(): AwsError {
  return new AwsError('ExpiredIteratorException', 'The provided iterator is expired');
}

export function dataTrimmed(): AwsError {
  return new AwsError(
    'TrimmedDataAccessException',
    'The data you are trying to access has been trimmed.',
  );
}

function notFound(message: string): AwsError {
  return new AwsError('ResourceNotFoundException', message);
}
