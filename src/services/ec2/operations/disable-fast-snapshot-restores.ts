import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { eachRestore, isOf } from '../domain/snapshots/fast-restores.ts';
import type { Ec2Scope } from '../scope.ts';
import { incorrectSnapshotState } from '../snapshot-errors.ts';

export const disableFastSnapshotRestores = operation(model.DisableFastSnapshotRestores, {
  recorded: true,
  async handle(input, scope: Ec2Scope) {
    const { account } = scope.caller;
    const disabledAtMs = scope.clock.now();
    return await eachRestore(input, scope, 'disabling', (snapshot, zone) => {
      const { id, fastRestores = [] } = snapshot;
      const mine = fastRestores.find((each) => isOf(each, account, zone));
      if (!mine || mine.disabledAtMs !== undefined) {
        throw incorrectSnapshotState(id, `is not enabled for fast restores in ${zone.name}`);
      }
      const others = fastRestores.filter((each) => each !== mine);
      return { ...snapshot, fastRestores: [...others, { ...mine, disabledAtMs }] };
    });
  },
});
