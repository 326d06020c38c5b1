import { Records, set } from '../../../../storage/records.ts';
import * as errors from '../../errors.ts';
import type { Ec2Scope } from '../../scope.ts';
import { clientTokenOf, type Repeatable } from '../client-token.ts';
import type { NetworkDraft } from './network-draft.ts';
import { networkTypes, type NetworkType, type Recorded } from './recorded.ts';

/**
 * Makes a resource, or finds the one that an earlier request with the same token made.
 *
 * @throws IdempotentParameterMismatch where the token came with other parameters before
 */
export async function createOnce<Type extends NetworkType>(
  { caller, networks, store }: Pick<Ec2Scope, 'caller' | 'networks' | 'store'>,
  type: Type,
  input: Repeatable,
  make: (draft: NetworkDraft) => Promise<Recorded[Type]>,
): Promise<Recorded[Type]> {
  const asked = clientTokenOf(input);
  if (!asked) return networks.change(caller, make);
  const { token, request } = asked;
  const tokens = new Records<{ request: string; id: string }>(store, 'ec2', 'network-token');
  const slot = tokens.at(caller.account, caller.region, type, token);
  const { id } = networkTypes[type];
  return networks.change(caller, async (draft) => {
    const before = await draft.read(slot);
    if (before && before.request !== request) throw errors.idempotentMismatch();
    const there = (await draft.list(type)).find((record) => id(record) === before?.id);
    if (there) return there;
    const made = await make(draft);
    draft.write(set(slot, { request, id: id(made) ?? '' }));
    return made;
  });
}
