import type { AllocateHostsRequest, ModifyHostsRequest } from '@aws-sdk/client-ec2';
import * as errors from '../../errors.ts';
import { oneOf } from '../launch/settings.ts';
import { refuseMembers } from '../not-built.ts';
import { namedZone } from '../zone.ts';
import type { HostRecord } from './host.ts';
import { isOnHosts } from './shape.ts';

const MAX_HOSTS = 100;
const ON_OFF = ['on', 'off'] as const;

/** @throws MissingParameter, InvalidParameterValue, InvalidParameterCombination, UnsupportedOperation */
export function readHosts(
  input: AllocateHostsRequest,
  region: string,
  nowMs: number,
): { quantity: number; host: Omit<HostRecord, 'id'> } {
  refuseMembers('AllocateHosts', input, ['AssetIds', 'CpuOptions', 'OutpostArn']);
  const { Quantity: quantity = 1, ClientToken } = input;
  if (quantity < 1 || quantity > MAX_HOSTS) {
    throw errors.invalidValue(quantity, 'quantity', `Between 1 and ${MAX_HOSTS} expected.`);
  }
  const carries = carried(input);
  if (!carries) {
    throw errors.missingParameter('InstanceType or InstanceFamily');
  }
  const host = {
    createdAtMs: nowMs,
    ...(ClientToken && { clientToken: ClientToken }),
    zone: namedZone(input, region),
    carries,
    autoPlacement: oneOf(ON_OFF, input.AutoPlacement ?? 'on', 'autoPlacement'),
    recovery: oneOf(ON_OFF, input.HostRecovery ?? 'off', 'hostRecovery'),
    maintenance: oneOf(ON_OFF, input.HostMaintenance ?? 'on', 'hostMaintenance'),
  };
  return { quantity, host };
}

/**
 * What a request changes of hosts.
 *
 * @throws MissingParameter, InvalidParameterValue, InvalidParameterCombination
 */
export function readHostChange(input: ModifyHostsRequest): Partial<HostRecord> {
  const carries = carried(input);
  const change = {
    ...(carries && { carries }),
    ...(input.AutoPlacement && {
      autoPlacement: oneOf(ON_OFF, input.AutoPlacement, 'autoPlacement'),
    }),
    ...(input.HostRecovery && { recovery: oneOf(ON_OFF, input.HostRecovery, 'hostRecovery') }),
    ...(input.HostMaintenance && {
      maintenance: oneOf(ON_OFF, input.HostMaintenance, 'hostMaintenance'),
    }),
  };
  if (Object.keys(change).length === 0) throw errors.missingParameter('AutoPlacement');
  return change;
}

function carried({
  InstanceType,
  InstanceFamily,
}: Pick<AllocateHostsRequest, 'InstanceType' | 'InstanceFamily'>):
  | HostRecord['carries']
  | undefined {
  if (InstanceType && InstanceFamily) {
    throw errors.combination('You may specify an instance type or a family, but not both.');
  }
  const carries = InstanceType
    ? { type: InstanceType }
    : InstanceFamily
      ? { family: InstanceFamily }
      : undefined;
  if (carries && !isOnHosts(carries)) {
    throw errors.invalidParameter(
      `Invalid value '${InstanceType ?? InstanceFamily}' for ${InstanceType ? 'instanceType' : 'instanceFamily'}.`,
    );
  }
  return carries;
}
