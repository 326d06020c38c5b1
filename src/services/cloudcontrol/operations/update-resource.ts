import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/cloudcontrol.ts';
import { patch } from '../domain/patch.ts';
import { progressEvent } from '../domain/resource-request.ts';
import * as errors from '../errors.ts';
import type { CloudControlScope } from '../scope.ts';

/** Answers as soon as the request is on disk; `GetResourceRequestStatus` tells how it goes on. */
export const updateResource = operation(model.UpdateResource, {
  async handle({ ClientToken, ...asked }, scope: CloudControlScope) {
    const { caller, types, place, reading } = scope;
    const { Identifier: identifier = '', PatchDocument = '' } = asked;
    const type = types.get(asked);
    if (!type.update) throw errors.unsupportedAction(type.name, 'UPDATE');
    const standing = await type.read(identifier, reading(caller, type.name));
    if (!standing) throw errors.resourceNotFound(type.name, identifier);
    const placed = await place(caller, {
      ...{ type: type.name, clientToken: ClientToken, asked },
      order: { operation: 'UPDATE', identifier, ...patch(type, standing, PatchDocument) },
    });
    return { ProgressEvent: progressEvent(placed) };
  },
});
