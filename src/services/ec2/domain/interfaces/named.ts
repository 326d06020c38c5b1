import * as errors from '../../errors.ts';
import type { Ec2Scope } from '../../scope.ts';
import type { Instance } from '../instances/instance.ts';
import type { NetworkDraft } from '../network/network-draft.ts';
import { checkIds, kinds } from '../resource-kinds.ts';
import type { NetworkInterfaceRecord } from './network-interface.ts';

/** An interface that was made by itself, or the instance whose own it is. */
export type NamedInterface =
  | { readonly record: NetworkInterfaceRecord; readonly instance?: undefined }
  | { readonly record?: undefined; readonly instance: Instance };

/** @throws MissingParameter, InvalidNetworkInterfaceID.Malformed, InvalidNetworkInterfaceID.NotFound */
export async function namedInterface(
  draft: NetworkDraft,
  id: string | undefined,
  { caller, instances }: Pick<Ec2Scope, 'caller' | 'instances'>,
): Promise<NamedInterface> {
  if (!id) throw errors.missingParameter('networkInterfaceId');
  checkIds(kinds.networkInterface, [id]);
  const all = await draft.list('network-interface');
  const record = all.find((each) => each.NetworkInterfaceId === id);
  if (record) return { record };
  const owner = (await instances.list(caller)).find(
    ({ state, network }) => state !== 'terminated' && network.interfaceId === id,
  );
  const instance = owner && (await draft.read(instances.at(owner)));
  if (!instance) throw kinds.networkInterface.notFound([id]);
  return { instance };
}
