import type { AwsError } from '../../../../kernel/aws-error.ts';
import { validation } from '../../errors.ts';

/** A statement that is not PartiQL. */
export function malformedStatement(detail: string): AwsError {
  return validation(`Statement wasn't well formed, can't be processed: ${detail}`);
}
