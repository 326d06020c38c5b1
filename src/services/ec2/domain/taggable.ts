import { arnOf } from '../../../kernel/arn.ts';
import { AwsError } from '../../../kernel/aws-error.ts';
import type { Permission } from '../../../kernel/operation.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';
import { allInterfaces } from './interfaces/list.ts';
import { isNetworkType } from './network/recorded.ts';
import type { Place } from './place.ts';
import { kindOf, type ResourceKind } from './resource-kinds.ts';

interface Taggable {
  readonly id: string;
  readonly kind: ResourceKind;
}

const MAX_RESOURCES = 1000;

/**
 * The resources that a request tags, each once, all of which exist.
 *
 * @throws MissingParameter, InvalidID, the kind's `.NotFound`
 */
export async function checkTaggable(
  ids: readonly string[] | undefined,
  scope: Ec2Scope,
): Promise<Taggable[]> {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) throw errors.missingParameter('ResourceId');
  if (wanted.length > MAX_RESOURCES) {
    throw errors.invalidParameter(`A request may tag ${MAX_RESOURCES} resources at most.`);
  }
  return Promise.all(
    wanted.map(async (id) => {
      const kind = kindOf(id);
      if (!kind) throw new AwsError('InvalidID', `The ID '${id}' is not valid`);
      if (!(await exists(id, kind, scope))) throw kind.notFound([id]);
      return { id, kind };
    }),
  );
}

export function tagPermissions(
  action: string,
  ids: readonly string[] | undefined,
  place: Place,
): Permission[] {
  return (ids ?? []).map((id) => ({
    action: `ec2:${action}`,
    resource: arnOf(place, 'ec2', `${kindOf(id)?.type ?? '*'}/${id}`),
  }));
}

async function exists(id: string, kind: ResourceKind, scope: Ec2Scope): Promise<boolean> {
  const { caller, instances, networks, keyPairs } = scope;
  switch (kind.type) {
    case 'instance':
      return (await instances.get({ ...caller, id })) !== undefined;
    case 'image':
      return (await scope.images.find(caller, id)) !== undefined;
    case 'snapshot':
      return (await scope.snapshots.usable(caller)).some((snapshot) => snapshot.id === id);
    case 'key-pair':
      return (await keyPairs.list(caller)).some((key) => key.keyPairId === id);
    case 'network-interface':
      return (await allInterfaces(scope)).some((card) => card.NetworkInterfaceId === id);
    case 'volume':
      return (await scope.volumes.get({ ...caller, id })) !== undefined;
    default: {
      if (isNetworkType(kind.type)) return !!(await networks.get(kind.type, caller, id));
      const inventory = scope.inventories.find((each) => each.kind.type === kind.type);
      return (await inventory?.get(caller, id)) !== undefined;
    }
  }
}
