import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/cloudcontrol.ts';
import { progressEvent } from '../domain/resource-request.ts';
import { desiredState } from '../domain/resource-types.ts';
import type { CloudControlScope } from '../scope.ts';

/** Answers as soon as the request is on disk; `GetResourceRequestStatus` tells how it goes on. */
export const createResource = operation(model.CreateResource, {
  async handle({ ClientToken, ...asked }, { caller, types, place }: CloudControlScope) {
    const type = types.get(asked);
    const desired = desiredState(type, asked.DesiredState);
    const placed = await place(caller, {
      ...{ type: type.name, clientToken: ClientToken, asked },
      order: { operation: 'CREATE', desired },
    });
    return { ProgressEvent: progressEvent(placed) };
  },
});
