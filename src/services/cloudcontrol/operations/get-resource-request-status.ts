import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/cloudcontrol.ts';
import { progressEvent } from '../domain/request.ts';
import { onResources } from '../permissions.ts';
import type { CloudControlScope } from '../scope.ts';

export const getResourceRequestStatus = operation(model.GetResourceRequestStatus, {
  authorize: (_, { caller }: CloudControlScope) => onResources('GetResourceRequestStatus', caller),
  async handle(input, { caller, requests }) {
    return { ProgressEvent: progressEvent(await requests.get(caller, input.RequestToken!)) };
  },
});
