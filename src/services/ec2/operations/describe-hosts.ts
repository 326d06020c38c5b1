import type { Host } from '@aws-sdk/client-ec2';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Filters } from '../domain/filters.ts';
import { isVisible, wireHost } from '../domain/hosts/host.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { select } from '../domain/select.ts';
import type { Ec2Scope } from '../scope.ts';

const filters: Filters<Host> = {
  'auto-placement': (host) => host.AutoPlacement,
  'availability-zone': (host) => host.AvailabilityZone,
  'availability-zone-id': (host) => host.AvailabilityZoneId,
  'client-token': (host) => host.ClientToken,
  'host-reservation-id': (host) => host.HostReservationId,
  'instance-type': (host) => host.HostProperties?.InstanceType,
  state: (host) => host.State,
};

export const describeHosts = operation(model.DescribeHosts, {
  recorded: true,
  async handle({ Filter, ...input }, { caller, hosts, instances, clock, tags }: Ec2Scope) {
    const recorded = (await hosts.list(caller)).filter((each) => isVisible(each, clock.now()));
    const running = recorded.length > 0 ? await instances.list(caller) : [];
    const shown = recorded.map((each) => wireHost(each, running, caller));
    const all = await tags.join(caller, shown, (host) => host.HostId);
    const { found, NextToken } = select(
      all,
      { ...input, Filters: Filter },
      {
        id: (host) => host.HostId,
        ids: { kind: kinds.dedicatedHost, given: input.HostIds },
        filters,
        page: { min: 5, max: 500 },
      },
    );
    return { Hosts: found, NextToken };
  },
});
