import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Ec2Scope } from '../scope.ts';

export const getSnapshotBlockPublicAccessState = operation(
  model.GetSnapshotBlockPublicAccessState,
  {
    recorded: true,
    async handle(_, { caller, settings }: Ec2Scope) {
      const { snapshotPublicAccess = 'unblocked' } = await settings.get(caller);
      return { State: snapshotPublicAccess, ManagedBy: 'account' as const };
    },
  },
);
