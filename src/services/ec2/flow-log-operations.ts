import type { AnyOperation } from '../../kernel/operation.ts';
import { createFlowLogs } from './operations/create-flow-logs.ts';
import { deleteFlowLogs } from './operations/delete-flow-logs.ts';
import { describeFlowLogs } from './operations/describe-flow-logs.ts';
import type { Ec2Scope } from './scope.ts';

/** The operations of flow logs. */
export const flowLogOperations: readonly AnyOperation<Ec2Scope>[] = [
  createFlowLogs,
  deleteFlowLogs,
  describeFlowLogs,
];
