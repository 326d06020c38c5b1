import { arnOf } from '../../../kernel/arn.ts';
import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { createOnce } from '../domain/network/create-once.ts';
import { onResource } from '../domain/permission.ts';
import { checkEnd, checkPacket } from '../domain/reachability/check-path.ts';
import { wireInsightsPath } from '../domain/reachability/insights-path.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { tagsOfNew, wireTags } from '../domain/tags.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Records from where to where, and with which packets, an analysis is to look. */
export const createNetworkInsightsPath = operation(model.CreateNetworkInsightsPath, {
  authorize: (_, { caller }: Ec2Scope) =>
    onResource('CreateNetworkInsightsPath', kinds.networkInsightsPath, undefined, caller),
  async handle(input, scope) {
    const { caller, clock, ids } = scope;
    const { Protocol, SourceIp, DestinationIp, DestinationPort } = input;
    if (!input.Source) throw errors.missingParameter('source');
    if (!Protocol) throw errors.missingParameter('protocol');
    const source = checkEnd(input.Source, 'source', caller);
    const destination =
      input.Destination === undefined
        ? undefined
        : checkEnd(input.Destination, 'destination', caller);
    checkPacket(input);
    const tags = tagsOfNew(caller, kinds.networkInsightsPath, input.TagSpecifications);
    const path = await createOnce(scope, 'network-insights-path', input, async (draft) => {
      const NetworkInsightsPathId = ids.resource('nip');
      const made = {
        NetworkInsightsPathId,
        NetworkInsightsPathArn: arnOf(
          caller,
          'ec2',
          `network-insights-path/${NetworkInsightsPathId}`,
        ),
        createdAtMs: clock.now(),
        Source: source.id,
        SourceArn: source.arn,
        ...(destination && { Destination: destination.id, DestinationArn: destination.arn }),
        Protocol,
        SourceIp,
        DestinationIp,
        DestinationPort,
        FilterAtSource: input.FilterAtSource,
        FilterAtDestination: input.FilterAtDestination,
      };
      return draft.create('network-insights-path', made, tags);
    });
    return { NetworkInsightsPath: { ...wireInsightsPath(path), Tags: wireTags(tags) } };
  },
});
