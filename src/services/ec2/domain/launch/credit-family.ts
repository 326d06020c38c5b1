import * as errors from '../../errors.ts';
import { oneOf } from './settings.ts';

const BURSTABLE = ['t2', 't3', 't3a', 't4g'] as const;

/**
 * The burstable family that a request names.
 *
 * @throws MissingParameter, InvalidParameterValue
 */
export function creditFamily(family: string | undefined): (typeof BURSTABLE)[number] {
  if (!family) throw errors.missingParameter('InstanceFamily');
  return oneOf(BURSTABLE, family, 'InstanceFamily');
}
