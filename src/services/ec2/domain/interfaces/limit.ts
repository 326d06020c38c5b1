import * as launchErrors from '../../launch-errors.ts';
import { instanceType } from '../instance-types/instance-types.ts';

/**
 * How many interfaces an instance has, its first one included, against what its type takes.
 *
 * @throws AttachmentLimitExceeded
 */
export function checkInterfaceCount(count: number, type: string): void {
  const most = instanceType(type)?.NetworkInfo?.MaximumNetworkInterfaces ?? 1;
  if (count > most) throw launchErrors.interfaceLimit(count, type);
}
