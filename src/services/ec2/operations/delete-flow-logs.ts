import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { onResource } from '../domain/permission.ts';
import { checkIds, kinds } from '../domain/resource-kinds.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Deletes all of them, or none where one is not there. */
export const deleteFlowLogs = operation(model.DeleteFlowLogs, {
  recorded: true,
  authorize: (input, { caller }: Ec2Scope) =>
    (input.FlowLogIds ?? []).map((id) =>
      onResource('DeleteFlowLogs', kinds.vpcFlowLog, id, caller),
    ),
  async handle(input, { caller, networks }) {
    const ids = [...new Set(input.FlowLogIds)];
    if (ids.length === 0) throw errors.missingParameter('flowLogId');
    checkIds(kinds.vpcFlowLog, ids);
    await networks.change(caller, async (draft) => {
      const there = new Set((await draft.list('vpc-flow-log')).map(({ FlowLogId }) => FlowLogId));
      const missing = ids.filter((id) => !there.has(id));
      if (missing.length > 0) throw kinds.vpcFlowLog.notFound(missing);
      for (const id of ids) draft.remove('vpc-flow-log', id);
    });
    return { Unsuccessful: [] };
  },
});
