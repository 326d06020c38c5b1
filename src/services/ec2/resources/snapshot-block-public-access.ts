import type { SnapshotBlockPublicAccessState } from '@aws-sdk/client-ec2';
import { resourceType, type ResourceContext } from '../../../kernel/resource-type.ts';
import * as model from '../../../models/generated/ec2.ts';

/** What is not blocked is the absence of this resource: each account has one state in a region. */
const OPEN = 'unblocked';

export const snapshotBlockPublicAccess = resourceType('AWS::EC2::SnapshotBlockPublicAccess', {
  properties: ['State'],

  async create({ State }, { caller, invoke }) {
    const request = { State: State as SnapshotBlockPublicAccessState };
    await invoke(model.EnableSnapshotBlockPublicAccess, request);
    return caller.account;
  },

  async read(AccountId, context) {
    const State = await stateOf(context);
    return State === OPEN ? undefined : { AccountId, State };
  },

  async update(_, { State }, __, { invoke }) {
    const request = { State: State as SnapshotBlockPublicAccessState };
    await invoke(model.EnableSnapshotBlockPublicAccess, request);
  },

  async delete(_, { invoke }) {
    await invoke(model.DisableSnapshotBlockPublicAccess, {});
  },

  async list(context) {
    return (await stateOf(context)) === OPEN ? [] : [context.caller.account];
  },
});

async function stateOf({ invoke }: ResourceContext): Promise<string> {
  return (await invoke(model.GetSnapshotBlockPublicAccessState, {})).State ?? OPEN;
}
