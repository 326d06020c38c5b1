import type { StreamSpecification } from '@aws-sdk/client-dynamodb';
import { validation } from '../errors.ts';
import type { StreamViewType } from './table.ts';

/**
 * What a request wants of a table's stream.
 *
 * @returns the view type of a stream that is wanted, `'none'` where one is not
 */
export function readStreamSpecification({
  StreamEnabled: enabled,
  StreamViewType: viewType,
}: Partial<StreamSpecification> = {}): StreamViewType | 'none' {
  if (!enabled) {
    if (viewType === undefined) return 'none';
    throw validation(
      'Invalid StreamViewType: Stream StreamEnabled was false but a StreamViewType was present.',
    );
  }
  if (viewType !== undefined) return viewType;
  throw validation(
    'Invalid StreamViewType: Stream ViewType must not be null or empty when enabling streams.',
  );
}
