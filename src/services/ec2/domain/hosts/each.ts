import type { UnsuccessfulItem } from '@aws-sdk/client-ec2';
import { AwsError } from '../../../../kernel/aws-error.ts';
import * as errors from '../../errors.ts';
import { checkIds, kinds } from '../resource-kinds.ts';

/**
 * Does something to each host by itself, and tells with whom it went well.
 *
 * @throws MissingParameter, InvalidHostID.Malformed
 */
export async function eachHost(
  ids: readonly string[] | undefined,
  work: (id: string) => Promise<unknown>,
): Promise<{ Successful: string[]; Unsuccessful: UnsuccessfulItem[] }> {
  if (!ids?.length) throw errors.missingParameter('HostId');
  checkIds(kinds.dedicatedHost, ids);
  const Successful: string[] = [];
  const Unsuccessful: UnsuccessfulItem[] = [];
  for (const ResourceId of new Set(ids)) {
    try {
      await work(ResourceId);
      Successful.push(ResourceId);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const Code = error.code.startsWith('Client.') ? error.code : `Client.${error.code}`;
      Unsuccessful.push({ ResourceId, Error: { Code, Message: error.message } });
    }
  }
  return { Successful, Unsuccessful };
}
