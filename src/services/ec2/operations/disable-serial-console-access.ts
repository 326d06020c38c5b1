import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import type { Ec2Scope } from '../scope.ts';

export const disableSerialConsoleAccess = operation(model.DisableSerialConsoleAccess, {
  recorded: true,
  async handle(_, { caller, settings }: Ec2Scope) {
    await settings.change(caller, (now) => ({ ...now, serialConsoleAccess: false }));
    return { SerialConsoleAccessEnabled: false };
  },
});
