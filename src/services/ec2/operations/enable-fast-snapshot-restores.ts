import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { eachRestore, isOf } from '../domain/snapshots/fast-restores.ts';
import type { Ec2Scope } from '../scope.ts';
import { snapshotNotCompleted } from '../snapshot-errors.ts';

export const enableFastSnapshotRestores = operation(model.EnableFastSnapshotRestores, {
  recorded: true,
  async handle(input, scope: Ec2Scope) {
    const { account } = scope.caller;
    const enabledAtMs = scope.clock.now();
    return await eachRestore(input, scope, 'enabling', (snapshot, zone) => {
      const { id, state, fastRestores = [] } = snapshot;
      if (state !== 'completed') throw snapshotNotCompleted(id, state);
      const mine = fastRestores.find((each) => isOf(each, account, zone));
      if (mine && mine.disabledAtMs === undefined) return snapshot;
      const others = fastRestores.filter((each) => each !== mine);
      const added = { account, zone: zone.name, zoneId: zone.id, enabledAtMs };
      return { ...snapshot, fastRestores: [...others, added] };
    });
  },
});
