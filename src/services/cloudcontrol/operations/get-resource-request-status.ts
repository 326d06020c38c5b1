import { operation } from '../../../kernel/operation.ts';
import * as model from '../../../models/generated/cloudcontrol.ts';
import { progressEvent } from '../domain/resource-request.ts';
import type { CloudControlScope } from '../scope.ts';

export const getResourceRequestStatus = operation(model.GetResourceRequestStatus, {
  async handle({ RequestToken = '' }, { caller, requests }: CloudControlScope) {
    return { ProgressEvent: progressEvent(await requests.get(caller, RequestToken)) };
  },
});
