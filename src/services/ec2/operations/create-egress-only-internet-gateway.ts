import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { isOnlyRecorded } from '../domain/data-plane/carried.ts';
import { createOnce } from '../domain/network/create-once.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { tagsOfNew, wireTags } from '../domain/tags.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** A way out for IPv6, attached to its VPC for life. */
export const createEgressOnlyInternetGateway = operation(model.CreateEgressOnlyInternetGateway, {
  recorded: isOnlyRecorded,
  authorize: (_, { caller }: Ec2Scope) =>
    onResource(
      'CreateEgressOnlyInternetGateway',
      kinds.egressOnlyInternetGateway,
      undefined,
      caller,
    ),
  async handle(input, scope) {
    if (!input.VpcId) throw errors.missingParameter('vpcId');
    const { VpcId, ClientToken } = input;
    const { caller, ids } = scope;
    const type = 'egress-only-internet-gateway';
    const kind = kinds.egressOnlyInternetGateway;
    const tags = tagsOfNew(caller, kind, input.TagSpecifications);
    const gateway = await createOnce(scope, type, input, async (draft) => {
      await draft.find('vpc', VpcId);
      const EgressOnlyInternetGatewayId = ids.resource('eigw');
      const Attachments = [{ State: 'attached' as const, VpcId }];
      return draft.create(type, { EgressOnlyInternetGatewayId, Attachments }, tags);
    });
    return { EgressOnlyInternetGateway: { ...gateway, Tags: wireTags(tags) }, ClientToken };
  },
});
