import type { StreamSpecification } from '@aws-sdk/client-dynamodb';
import { invalidParameters } from '../errors.ts';
import type { StreamViewType } from './table.ts';

/**
 * What a request wants of a table's stream.
 *
 * @param operation whose words a refusal has
 * @returns the view type of a stream that is wanted, `'none'` where one is not
 */
export function readStreamSpecification(
  { StreamEnabled: enabled, StreamViewType: viewType }: Partial<StreamSpecification> = {},
  operation: 'CreateTable' | 'UpdateTable',
): StreamViewType | 'none' {
  const creating = operation === 'CreateTable';
  if (!enabled) {
    if (viewType === undefined) return 'none';
    throw invalidParameters(
      creating
        ? 'Table is being created with a stream disabled, UpdateViewType should not be specified'
        : 'If stream is being disabled, then UpdateViewType must not be specified',
    );
  }
  if (viewType !== undefined) return viewType;
  throw invalidParameters(
    creating
      ? 'Table is being created with a stream enabled, UpdateViewType is required'
      : 'If stream is being enabled then UpdateViewType is required',
  );
}
