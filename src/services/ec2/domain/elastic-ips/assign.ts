import { set } from '../../../../storage/records.ts';
import type { Ec2Scope } from '../../scope.ts';
import type { ElasticIpAssociation, ElasticIpsByAddress } from '../instances/instance.ts';
import { placeOf } from '../interfaces/addresses.ts';
import { namedInterface, type NamedInterface } from '../interfaces/named.ts';
import type { NetworkDraft } from '../network/network-draft.ts';
import type { Holder } from './holders.ts';

/** What an interface records of its elastic IPs, itself or in its instance. */
interface WithElasticIps {
  /** Of the primary address. */
  readonly elasticIp?: ElasticIpAssociation;
  readonly furtherElasticIps?: ElasticIpsByAddress;
}

/** Records with an interface that one of its addresses has this elastic IP, in place of any other. */
export function assignElasticIp(
  draft: NetworkDraft,
  named: NamedInterface,
  elasticIp: ElasticIpAssociation,
  address: string,
  scope: Pick<Ec2Scope, 'instances'>,
): void {
  const isPrimary = placeOf(named).addresses[0] === address;
  change(draft, named, scope, (before) => {
    // It may have led to another address of the same interface.
    const rest = without(before, elasticIp.allocationId);
    if (isPrimary) return { ...rest, elasticIp };
    const furtherElasticIps = { ...rest.furtherElasticIps, [address]: elasticIp };
    return { ...rest, furtherElasticIps };
  });
}

/** Takes an elastic IP from the interface that has it; an instance shows its own address again. */
export async function unassignElasticIp(
  draft: NetworkDraft,
  { NetworkInterfaceId, AllocationId }: Holder,
  scope: Pick<Ec2Scope, 'caller' | 'instances'>,
): Promise<void> {
  const named = await namedInterface(draft, NetworkInterfaceId, scope);
  change(draft, named, scope, (before) => without(before, AllocationId));
}

function without<T extends WithElasticIps>(before: T, allocationId: string): T {
  const { elasticIp, furtherElasticIps, ...kept } = before;
  const further = Object.entries(furtherElasticIps ?? {}).filter(
    ([, each]) => each.allocationId !== allocationId,
  );
  return {
    ...kept,
    ...(elasticIp && elasticIp.allocationId !== allocationId && { elasticIp }),
    ...(further.length > 0 && { furtherElasticIps: Object.fromEntries(further) }),
  } as T;
}

function change(
  draft: NetworkDraft,
  { record, instance }: NamedInterface,
  { instances }: Pick<Ec2Scope, 'instances'>,
  to: <T extends WithElasticIps>(before: T) => T,
): void {
  if (record) return draft.put('network-interface', to(record));
  draft.write(set(instances.at(instance), { ...instance, network: to(instance.network) }));
}
