import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

/** Of a task of either kind. */
export const cancelImportTask = operation(model.CancelImportTask, {
  async handle(
    { ImportTaskId, CancelReason },
    { caller, compute, realize, importOrders }: Ec2Scope,
  ) {
    realize(compute.driver.realization);
    if (!ImportTaskId) throw errors.missingParameter('importTaskId');
    const why = CancelReason ? `Cancelled: ${CancelReason}` : 'Cancelled';
    const { state } = await importOrders.cancel(caller, ImportTaskId, why);
    return { ImportTaskId, PreviousState: 'active', State: state };
  },
});
