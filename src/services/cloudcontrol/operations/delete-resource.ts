import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/cloudcontrol.ts';
import { progressEvent } from '../domain/resource-request.ts';
import * as errors from '../errors.ts';
import type { CloudControlScope } from '../scope.ts';

/** Answers as soon as the request is on disk; `GetResourceRequestStatus` tells how it goes on. */
export const deleteResource = operation(model.DeleteResource, {
  async handle({ ClientToken, ...asked }, scope: CloudControlScope) {
    const { caller, types, place, reading } = scope;
    const { Identifier: identifier = '' } = asked;
    const type = types.get(asked);
    if (!(await type.read(identifier, reading(caller, type.name)))) {
      throw errors.resourceNotFound(type.name, identifier);
    }
    const placed = await place(caller, {
      ...{ type: type.name, clientToken: ClientToken, asked },
      order: { operation: 'DELETE', identifier },
    });
    return { ProgressEvent: progressEvent(placed) };
  },
});
