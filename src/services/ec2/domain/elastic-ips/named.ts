import * as errors from '../../errors.ts';
import * as networkErrors from '../../network-errors.ts';
import type { NetworkDraft } from '../network/network-draft.ts';
import type { ElasticIp } from '../network/recorded.ts';

/**
 * The elastic IP that a request names by its allocation or by the address.
 *
 * @throws MissingParameter, InvalidAllocationID.NotFound, InvalidAddress.NotFound
 */
export async function namedElasticIp(
  draft: NetworkDraft,
  { AllocationId, PublicIp }: { AllocationId?: string | undefined; PublicIp?: string | undefined },
): Promise<ElasticIp> {
  if (AllocationId) return draft.find('elastic-ip', AllocationId);
  if (!PublicIp) throw errors.missingParameter('allocationId');
  const found = (await draft.list('elastic-ip')).find((each) => each.PublicIp === PublicIp);
  if (!found) throw networkErrors.addressNotFound(PublicIp);
  return found;
}
