import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Ec2Scope } from '../scope.ts';

export const getSerialConsoleAccessStatus = operation(model.GetSerialConsoleAccessStatus, {
  recorded: true,
  async handle(_, { caller, settings }: Ec2Scope) {
    const { serialConsoleAccess = false } = await settings.get(caller);
    return { SerialConsoleAccessEnabled: serialConsoleAccess, ManagedBy: 'account' as const };
  },
});
