import { set } from '../../../../storage/records.ts';
import type { Ec2Scope } from '../../scope.ts';
import type { ElasticIpAssociation } from '../instances/instance.ts';
import { namedInterface, type NamedInterface } from '../interfaces/named.ts';
import type { NetworkDraft } from '../network/network-draft.ts';

/** Records with an interface that it has this elastic IP, in place of any that it had. */
export function assignElasticIp(
  draft: NetworkDraft,
  { record, instance }: NamedInterface,
  elasticIp: ElasticIpAssociation,
  { instances }: Pick<Ec2Scope, 'instances'>,
): void {
  if (record) return draft.put('network-interface', { ...record, elasticIp });
  const network = { ...instance.network, elasticIp };
  draft.write(set(instances.at(instance), { ...instance, network }));
}

/** Takes the elastic IP from the interface with this ID; an instance shows its own address again. */
export async function unassignElasticIp(
  draft: NetworkDraft,
  interfaceId: string | undefined,
  scope: Pick<Ec2Scope, 'caller' | 'instances'>,
): Promise<void> {
  const { record, instance } = await namedInterface(draft, interfaceId, scope);
  if (record) {
    const { elasticIp: _, ...kept } = record;
    return draft.put('network-interface', kept);
  }
  const { elasticIp: _, ...network } = instance.network;
  draft.write(set(scope.instances.at(instance), { ...instance, network }));
}
