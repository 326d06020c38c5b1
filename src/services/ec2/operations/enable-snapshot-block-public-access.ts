import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/ec2.ts';
import { oneOf } from '../domain/launch/settings.ts';
import * as errors from '../errors.ts';
import type { Ec2Scope } from '../scope.ts';

export const enableSnapshotBlockPublicAccess = operation(model.EnableSnapshotBlockPublicAccess, {
  recorded: true,
  async handle(input, { caller, settings }: Ec2Scope) {
    if (input.State === undefined) throw errors.missingParameter('State');
    const State = oneOf(['block-all-sharing', 'block-new-sharing'], input.State, 'State');
    await settings.change(caller, (now) => ({ ...now, snapshotPublicAccess: State }));
    return { State };
  },
});
