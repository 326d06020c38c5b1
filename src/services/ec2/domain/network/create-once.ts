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
  scope: Pick<Ec2Scope, 'caller' | 'networks' | 'store'>,
  type: Type,
  input: Repeatable,
  make: (draft: NetworkDraft) => Promise<Recorded[Type]>,
): Promise<Recorded[Type]> {
  const [made] = await createAllOnce(scope, type, input, async (draft) => [await make(draft)]);
  return made!;
}

/** The same of a request that makes several. */
export async function createAllOnce<Type extends NetworkType>(
  { caller, networks, store }: Pick<Ec2Scope, 'caller' | 'networks' | 'store'>,
  type: Type,
  input: Repeatable,
  make: (draft: NetworkDraft) => Promise<Recorded[Type][]>,
): Promise<Recorded[Type][]> {
  const asked = clientTokenOf(input);
  if (!asked) return networks.change(caller, make);
  const { token, request } = asked;
  const tokens = new Records<Made>(store, 'ec2', 'network-token');
  const slot = tokens.at(caller.account, caller.region, type, token);
  const { id } = networkTypes[type];
  return networks.change(caller, async (draft) => {
    const before = await draft.read(slot);
    if (before && before.request !== request) throw errors.idempotentMismatch();
    const there = (await draft.list(type)).filter((each) => before?.ids.includes(id(each) ?? ''));
    if (there.length > 0) return there;
    const made = await make(draft);
    draft.write(set(slot, { request, ids: made.map((each) => id(each) ?? '') }));
    return made;
  });
}

/** What a request with a client token made. */
interface Made {
  readonly request: string;
  readonly ids: readonly string[];
}
