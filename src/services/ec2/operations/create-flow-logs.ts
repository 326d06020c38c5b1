import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { areAlike } from '../domain/flow-logs/flow-log.ts';
import { checkDelivery, checkWatched } from '../domain/flow-logs/request.ts';
import { allInterfaces } from '../domain/interfaces/list.ts';
import { createAllOnce } from '../domain/network/create-once.ts';
import { onResource } from '../domain/permission.ts';
import { kinds } from '../domain/resource-kinds.ts';
import { tagsOfNew } from '../domain/tags.ts';
import * as flowLogErrors from '../flow-log-errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Records that flows are to be logged: nothing is delivered. */
export const createFlowLogs = operation(model.CreateFlowLogs, {
  recorded: true,
  authorize: (_, { caller }: Ec2Scope) =>
    onResource('CreateFlowLogs', kinds.vpcFlowLog, undefined, caller),
  async handle(input, scope) {
    const { caller, clock, ids } = scope;
    const { kind, ids: watched } = checkWatched(input);
    const delivery = checkDelivery(input);
    const tags = tagsOfNew(caller, kinds.vpcFlowLog, input.TagSpecifications);
    const made = await createAllOnce(scope, 'vpc-flow-log', input, async (draft) => {
      const there = new Set([
        ...(await draft.list('vpc')).map(({ VpcId }) => VpcId),
        ...(await draft.list('subnet')).map(({ SubnetId }) => SubnetId),
        ...(await allInterfaces(scope)).map((card) => card.NetworkInterfaceId),
      ]);
      const missing = watched.filter((id) => !there.has(id));
      if (missing.length > 0) throw kind.notFound(missing);
      const standing = await draft.list('vpc-flow-log');
      return watched.map((ResourceId) => {
        const createdAtMs = clock.now();
        const log = { ...delivery, FlowLogId: ids.resource('fl'), ResourceId, createdAtMs };
        if (standing.some((other) => areAlike(log, other))) throw flowLogErrors.flowLogExists();
        return draft.create('vpc-flow-log', log, tags);
      });
    });
    const FlowLogIds = made.map(({ FlowLogId }) => FlowLogId);
    return { FlowLogIds, ClientToken: input.ClientToken, Unsuccessful: [] };
  },
});
